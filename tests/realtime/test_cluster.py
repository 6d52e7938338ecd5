"""Two nodes on a Redis Cluster of three servers: the same channels, and each with the server of its slot."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis
from redis.crc import key_slot
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.errors import ApiError
from http_api.rate_limits import Limit, RateLimits
from realtime import metrics, presence
from realtime.feed import Feed
from tests.realtime.eventually import eventually
from tests.realtime.running_node import RunningNode, TestGate, run_node
from tests.realtime.test_feed import Heard
from tests.tracker.world import World
from tests.valkey_cluster import ValkeyCluster, ask, valkey_cluster
from tracker import announcement_lane
from tracker.announcement_lane import Lane, Said, lost_announcements
from tracker.announcements import Announcer, board_channel
from tracker.redis_link import link, ping

NO_HEAD_CHECK = 3_600.0
"""So that whatever arrives was announced, and nothing was read from the log instead."""


@pytest.fixture(scope="module")
async def whole_cluster(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ValkeyCluster]:
    async with valkey_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture
async def cluster(whole_cluster: ValkeyCluster) -> AsyncIterator[ValkeyCluster]:
    """The cluster, whole at the beginning of each test."""
    yield whole_cluster
    await whole_cluster.until_whole()
    for client in whole_cluster.clients:
        await client.flushall()


@pytest.fixture
async def two_nodes(
    engine: AsyncEngine, gate: TestGate, cluster: ValkeyCluster
) -> AsyncIterator[tuple[RunningNode, RunningNode]]:
    async with AsyncExitStack() as stack:
        here, there = [
            await stack.enter_async_context(run_node(engine, cluster.url, gate, head_check_seconds=NO_HEAD_CHECK))
            for _ in range(2)
        ]
        await eventually(lambda: not here.node.is_deaf and not there.node.is_deaf)
        yield here, there


@asynccontextmanager
async def listening(url: str, heard: Heard) -> AsyncIterator[tuple[Feed, Announcer]]:
    redis = link(url)
    feed, announcer = Feed(redis, heard.message, heard.hearing.append), Announcer(redis)
    feed.start(["always"])
    announcer.start()
    try:
        await eventually(lambda: not feed.is_deaf)
        yield feed, announcer
    finally:
        await announcer.stop()
        await feed.stop()
        await redis.aclose()


async def subscribers(client: Redis) -> int:
    """How many sharded channels a server has listeners on."""
    return len(await ask(client, "PUBSUB", "SHARDCHANNELS"))


@pytest.mark.rule("R-10")
async def test_commands_of_either_node_reach_the_sockets_of_both_over_every_server(
    two_nodes: tuple[RunningNode, RunningNode], cluster: ValkeyCluster, world: World
) -> None:
    here, there = two_nodes
    ada = await world.person("Ada")
    boards = [await world.board(ada) for _ in range(12)]
    hers, his = await here.device(ada), await there.device(ada)
    for board_id in boards:
        await hers.watch(board_id)
        await his.watch(board_id)
    for board_id in boards:
        await hers.command("list.create", board_id, list_id=uuid4(), title="Today", position="a0")
        await his.command("list.create", board_id, list_id=uuid4(), title="Later", position="a1")
    for board_id in boards:
        await hers.has(board_id, 3)
        await his.has(board_id, 3)
    assert min([await subscribers(client) for client in cluster.clients]) > 0


@pytest.mark.rule("R-16")
async def test_a_server_that_is_killed_costs_its_own_boards_seconds_and_the_others_nothing(
    two_nodes: tuple[RunningNode, RunningNode], cluster: ValkeyCluster, world: World
) -> None:
    here, there = two_nodes
    ada = await world.person("Ada")
    boards = [await world.board(ada) for _ in range(12)]
    hers, his = await here.device(ada), await there.device(ada)
    for board_id in boards:
        await hers.watch(board_id)
        await his.watch(board_id)
    connects = metrics.feed_connects._value.get()

    cluster.kill(2)
    await eventually(lambda: here.node.is_deaf and there.node.is_deaf)
    for board_id in boards:
        await hers.command("list.create", board_id, list_id=uuid4(), title="Today", position="a0")
    for board_id in boards:
        await his.has(board_id, 2)

    await cluster.start_server(2)
    await cluster.until_whole()
    await eventually(lambda: not here.node.is_deaf and not there.node.is_deaf)
    # Only the ears on the server that was killed were made anew: two at least, for there are two nodes.
    assert metrics.feed_connects._value.get() >= connects + 2
    lost = lost_announcements._value.get()
    for board_id in boards:
        await his.command("list.create", board_id, list_id=uuid4(), title="Later", position="a1")
    for board_id in boards:
        await hers.has(board_id, 3)
    assert lost_announcements._value.get() == lost


async def test_five_hundred_channels_are_asked_for_anew_and_counted_when_a_server_comes_back(
    cluster: ValkeyCluster,
) -> None:
    heard = Heard()
    names = [f"board:{UUID(int=n)}" for n in range(500)]
    async with listening(cluster.url, heard) as (feed, announcer):
        await asyncio.gather(*map(feed.subscribe, names))
        assert sum([await subscribers(client) for client in cluster.clients]) == 501
        cluster.kill(1)
        await eventually(lambda: feed.is_deaf)
        await cluster.start_server(1)
        await cluster.until_whole()
        await eventually(lambda: not feed.is_deaf)
        assert sum([await subscribers(client) for client in cluster.clients]) == 501
        for name in names:
            announcer.tell(name, b"x")
        await eventually(lambda: len(heard.messages) == 500)
    assert {channel.decode() for channel, _ in heard.messages} == set(names)


async def test_a_channel_follows_its_slot_to_another_server(cluster: ValkeyCluster) -> None:
    heard = Heard()
    channel = board_channel(UUID(int=77))
    slot = key_slot(channel.encode())
    giver = next(n for n in range(3) if slot < (n + 1) * 5461 or n == 2)
    taker = (giver + 1) % 3
    async with listening(cluster.url, heard) as (feed, announcer):
        await feed.subscribe(channel)
        told = heard.hearing.count(False)
        await cluster.give_slot(slot, giver, taker)
        # Told again, for something may have been missed on the way.
        await eventually(lambda: heard.hearing.count(False) > told)
        lost = lost_announcements._value.get()
        announcer.tell(channel, b"moved")
        await eventually(lambda: heard.messages == [(channel.encode(), b"moved")])
        assert lost_announcements._value.get() == lost
    await cluster.give_slot(slot, taker, giver)


class Elsewhere:
    """Where a lane says what moved, when it is let."""

    def __init__(self) -> None:
        self.said: list[bytes] = []
        self.is_open = asyncio.Event()
        self.error: Exception | None = None

    async def say(self, batch: Sequence[Said]) -> None:
        await self.is_open.wait()
        if self.error is not None:
            raise self.error
        self.said += [payload for _, payload in batch]


@pytest.fixture
def elsewhere() -> Elsewhere:
    return Elsewhere()


@pytest.fixture
async def lane(cluster: ValkeyCluster, elsewhere: Elsewhere) -> AsyncIterator[Lane]:
    """To the first of the servers."""
    lane = Lane(cluster.clients[0], "SPUBLISH", elsewhere.say)
    lane.start()
    yield lane
    elsewhere.is_open.set()
    await lane.stop()


HERE, MOVED = (next(name for n in range(99) if key_slot((name := f"c{n}").encode()) // 5461 == at) for at in (0, 1))
"""A channel of the first server, and one of the second."""


async def test_what_moved_is_said_elsewhere_in_its_order_and_does_not_gather_without_end(
    lane: Lane, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcement_lane, "OWED_LIMIT", 2)
    lost = lost_announcements._value.get()
    said = [b"%d" % number for number in range(7)]
    for payload in said:
        lane.put(MOVED, payload)
    await eventually(lambda: len(lane._moved) == 2 and not lane._owed)
    assert len(lane._waiting) == 5
    elsewhere.is_open.set()
    await eventually(lambda: elsewhere.said == said)
    assert lost_announcements._value.get() == lost


@pytest.mark.parametrize("error", [ConnectionError(), ValueError("nobody thought of this")])
async def test_what_cannot_be_said_elsewhere_is_lost_and_nothing_else(
    lane: Lane, elsewhere: Elsewhere, error: Exception
) -> None:
    elsewhere.error = error
    elsewhere.is_open.set()
    lost = lost_announcements._value.get()
    for channel in (HERE, MOVED, HERE):
        lane.put(channel, b"x")
    await eventually(lambda: lost_announcements._value.get() == lost + 1)
    line = lane._line
    lane.put(HERE, b"x")
    await eventually(lambda: not lane._owed and not lane._waiting)
    assert lane._line is line
    assert line is not None
    assert lost_announcements._value.get() == lost + 1


async def test_a_lane_that_ends_says_what_comes_meanwhile(lane: Lane, elsewhere: Elsewhere) -> None:
    lost = lost_announcements._value.get()
    lane.put(MOVED, b"moved")
    await eventually(lambda: len(lane._moved) == 1 and not lane._owed)
    ending = asyncio.create_task(lane.stop())
    await asyncio.sleep(0)
    lane.put(MOVED, b"late")
    elsewhere.is_open.set()
    async with asyncio.timeout(10):
        await ending
    assert elsewhere.said == [b"moved", b"late"]
    assert lost_announcements._value.get() == lost


async def test_people_are_seen_across_nodes(
    two_nodes: tuple[RunningNode, RunningNode], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "ROUND_SECONDS", 0.05)
    here, there = two_nodes
    ada = await world.person("Ada")
    boards = [await world.board(ada) for _ in range(6)]
    phone, laptop = await here.device(ada), await there.device(ada)
    for board_id in boards:
        await phone.watch(board_id)
        await laptop.watch(board_id)
        await phone.say("presence", board_id=board_id, state={"task_id": None})
    for board_id in boards:
        people = [{"account_id": str(ada), "connections": 1, "task_ids": []}]
        await laptop.hears("presence", board_id=str(board_id), people=people)


@pytest.mark.rule("R-23")
async def test_a_sign_in_that_ends_closes_its_sockets_on_all_nodes(
    two_nodes: tuple[RunningNode, RunningNode], gate: TestGate, world: World
) -> None:
    here, there = two_nodes
    ada, sign_in = await world.person("Ada"), uuid4()
    device = await there.device(ada, gate.token(ada, sign_in=sign_in))
    await here.announcer.announce_ended_sessions([sign_in])
    await device.socket.wait_closed()
    assert device.socket.close_code == 4401


async def test_nodes_count_together_and_keys_lie_on_all_servers(cluster: ValkeyCluster) -> None:
    ours, theirs = link(cluster.url), link(cluster.url)
    await ping(ours)
    await ping(theirs)
    nodes = [RateLimits(ours, is_on=True), RateLimits(theirs, is_on=True)]
    limit = Limit("test", burst=3, interval_seconds=60)
    refused = 0
    for key in range(20):
        for turn in range(4):
            try:
                await nodes[turn % 2].take(limit, str(key))
            except ApiError:
                refused += 1
    assert refused == 20
    assert min([len(await client.keys()) for client in cluster.clients]) > 0
    assert await nodes[0].redis_answers()
    await ours.aclose()
    await theirs.aclose()
