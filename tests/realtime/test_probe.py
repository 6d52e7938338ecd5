"""Redis takes every word and hands on none: the node finds out by itself, lives from the log, and connects anew."""

from uuid import UUID

import pytest
from redis.asyncio import Redis

from lockstep.embedded.valkey import EmbeddedValkey
from realtime import metrics
from tests.realtime.conftest import StartNode
from tests.realtime.crossroads import crossroads
from tests.realtime.device import Device
from tests.realtime.eventually import eventually
from tests.realtime.running_node import RunningNode
from tests.tracker.world import World
from tracker.announcement_lane import lost_announcements
from tracker.commands.boards import BoardEdit
from tracker.redis_link import connect

NO_HEAD_CHECK = 3_600.0


def edit(board_id: UUID) -> BoardEdit:
    return BoardEdit(board_id=board_id, title="Autumn")


async def watching(node: RunningNode, world: World) -> tuple[UUID, UUID, Device]:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    device = await node.device(ada)
    await device.watch(board_id)
    return ada, board_id, device


async def spoiled(valkey: EmbeddedValkey, *words: str) -> None:
    """Turn a server into one that works badly."""
    async with Redis.from_url(valkey.url) as operator:
        await operator.execute_command(*words)  # type: ignore[no-untyped-call] # redis-py leaves it so


async def test_a_node_hears_its_own_word(node: RunningNode) -> None:
    await eventually(lambda: not node.node.is_deaf)
    assert metrics.deaf._value.get() == 0


@pytest.mark.rule("R-15")
async def test_an_ear_on_the_wrong_master_is_found_out_and_connects_anew(
    start_node: StartNode, valkey: EmbeddedValkey, redis_url: str, world: World
) -> None:
    async with crossroads(valkey.url) as (way, url):
        node = await start_node(redis_url=url, head_check_seconds=NO_HEAD_CHECK)
        ada, board_id, device = await watching(node, world)
        await eventually(lambda: not node.node.is_deaf)
        found_out = metrics.probes_lost._value.get()
        way.leads_to = redis_url
        async with connect(valkey.url) as old_master:
            # What was published through goes to the new master from now on; the ear stays, and nothing tells it.
            await old_master.client_kill_filter(_type="normal", skipme=True)
        await world.does(ada, edit(board_id))
        await device.has(board_id, 2)
        # Not yet, perhaps: the look at the log that follows a start may have been late enough to see the change.
        await eventually(lambda: metrics.probes_lost._value.get() > found_out)
        await eventually(lambda: not node.node.is_deaf)
        repaired = metrics.repaired_changes._value.get()
        await world.does(ada, edit(board_id))
        await device.has(board_id, 3)
        assert metrics.repaired_changes._value.get() == repaired, "announced and heard, not read from the log"
        assert device.seqs(board_id) == [2, 3]


@pytest.mark.rule("R-15")
async def test_a_node_that_does_not_hear_itself_reads_the_log(
    start_node: StartNode, mute_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = await start_node(head_check_seconds=NO_HEAD_CHECK)
    ada, board_id, device = await watching(node, mute_world)
    await eventually(lambda: not node.node.is_deaf)
    monkeypatch.setattr(node.announcer, "tell", lambda channel, payload: None)
    await eventually(lambda: node.node.is_deaf)
    for seq in (2, 3):
        await mute_world.does(ada, edit(board_id))
        await device.has(board_id, seq)
    assert device.seqs(board_id) == [2, 3]


@pytest.mark.parametrize(
    "spoil",
    [
        ("ACL", "SETUSER", "default", "-publish"),
        ("CONFIG", "SET", "maxmemory", "1"),
        ("REPLICAOF", "127.0.0.1", "1"),
    ],
    ids=["refusing", "out of memory", "read-only replica"],
)
@pytest.mark.rule("R-16")
async def test_a_redis_that_cannot_do_its_work_costs_no_command(
    start_node: StartNode, valkey: EmbeddedValkey, world: World, spoil: tuple[str, ...]
) -> None:
    one, other = await start_node(redis_url=valkey.url), await start_node(redis_url=valkey.url)
    ada, board_id, device = await watching(one, world)
    elsewhere = await other.device(ada)
    await elsewhere.watch(board_id)
    await spoiled(valkey, *spoil)
    for seq in (2, 3):
        await device.command("board.edit", board_id, title="All the same")
        await device.has(board_id, seq)
        await elsewhere.has(board_id, seq)
    assert elsewhere.seqs(board_id) == [2, 3]


@pytest.mark.rule("R-16")
async def test_an_announcement_that_redis_refuses_is_counted(
    start_node: StartNode, valkey: EmbeddedValkey, world: World
) -> None:
    node = await start_node(redis_url=valkey.url)
    _, board_id, device = await watching(node, world)
    await spoiled(valkey, "ACL", "SETUSER", "default", "-publish")
    lost = lost_announcements._value.get()
    await device.command("board.edit", board_id, title="All the same")
    await device.has(board_id, 2)
    await eventually(lambda: lost_announcements._value.get() > lost)
