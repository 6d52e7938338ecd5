"""The lane to one server: in order, by one connection, and past a connection that broke."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import BusyLoadingError

from tests.realtime.eventually import eventually
from tracker import announcement_lane, redis_link
from tracker.announcement_lane import PAUSE_SECONDS, Lane, Said, lost_announcements
from tracker.redis_line import Line, open_line

CHANNEL = "lane"


class Listener:
    """Hears what is said on the channel."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []

    async def listen(self, redis: Redis) -> None:
        async with redis.pubsub() as pubsub:
            await pubsub.subscribe(CHANNEL)
            async for message in pubsub.listen():
                self.heard.append(message["data"] if message["type"] == "message" else b"subscribed")


@pytest.fixture
async def listener(redis: Redis) -> AsyncIterator[Listener]:
    listener = Listener()
    task = asyncio.create_task(listener.listen(redis))
    await eventually(lambda: listener.heard == [b"subscribed"])
    listener.heard.clear()
    yield listener
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def nothing_moves(said: Any) -> None:
    raise AssertionError(f"one server has all channels, and said otherwise of {said}")


@pytest.fixture
async def strangers(redis: Redis) -> set[str]:
    """The connections that were there before."""
    return {client["id"] for client in await redis.client_list()}


@pytest.fixture
async def lane(redis: Redis, strangers: set[str]) -> AsyncIterator[Lane]:
    lane = Lane(redis, "PUBLISH", nothing_moves)
    lane.start()
    yield lane
    await lane.stop()


def lost() -> float:
    return float(lost_announcements._value.get())


async def publishers(redis: Redis, strangers: set[str]) -> set[str]:
    """The new connections whose last word was an announcement."""
    return {client["id"] for client in await redis.client_list() if client["cmd"] == "publish"} - strangers


async def test_a_connection_that_broke_between_two_announcements_costs_none(
    redis: Redis, strangers: set[str], lane: Lane, listener: Listener
) -> None:
    lane.put(CHANNEL, b"first")
    await eventually(lambda: listener.heard == [b"first"])
    lost_before = lost()
    (connection,) = await publishers(redis, strangers)
    await redis.client_kill_filter(_id=connection)
    lane.put(CHANNEL, b"second")
    await eventually(lambda: listener.heard == [b"first", b"second"])
    assert lost() == lost_before


async def test_a_renewed_lane_says_everything_over_another_connection(
    redis: Redis, strangers: set[str], lane: Lane, listener: Listener
) -> None:
    lane.put(CHANNEL, b"first")
    await eventually(lambda: listener.heard == [b"first"])
    before = await publishers(redis, strangers)
    await lane.renew()
    lane.put(CHANNEL, b"second")
    await eventually(lambda: listener.heard == [b"first", b"second"])
    assert not before & await publishers(redis, strangers)


async def test_a_lane_renewed_while_it_waits_for_answers_keeps_the_old_connection_no_longer(
    redis: Redis, strangers: set[str], lane: Lane, listener: Listener
) -> None:
    lane.put(CHANNEL, b"first")
    await eventually(lambda: listener.heard == [b"first"])
    before = await publishers(redis, strangers)
    await redis.client_pause(300)
    lane.put(CHANNEL, b"second")
    await eventually(lambda: bool(lane._owed))
    await lane.renew()
    await eventually(lambda: listener.heard == [b"first", b"second"])
    lane.put(CHANNEL, b"third")
    await eventually(lambda: listener.heard == [b"first", b"second", b"third"])
    assert not before & await publishers(redis, strangers)


async def test_a_lane_renewed_while_it_connects_connects_anew(
    redis: Redis, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[Line] = []

    async def open_and_keep(*parts: Any) -> Line:
        lines.append(await open_line(*parts))
        return lines[-1]

    monkeypatch.setattr(announcement_lane, "open_line", open_and_keep)
    lane = Lane(redis, "PUBLISH", nothing_moves)
    lane.start()
    await redis.client_pause(200)
    lane.put(CHANNEL, b"first")
    await eventually(lambda: lane._care is not None)
    await lane.renew()
    await eventually(lambda: listener.heard == [b"first"])
    assert lane._line is lines[1]
    await lane.stop()


async def test_what_is_said_does_not_wait_for_the_answers_to_what_was_said_before(
    redis: Redis, lane: Lane, listener: Listener
) -> None:
    lane.put(CHANNEL, b"first")
    await eventually(lambda: listener.heard == [b"first"])
    await redis.client_pause(300)
    for payload in (b"second", b"third"):
        lane.put(CHANNEL, payload)
        await eventually(lambda: not lane._waiting)
    assert [payload for _, payload in lane._owed] == [b"second", b"third"]
    await eventually(lambda: listener.heard == [b"first", b"second", b"third"])
    await eventually(lambda: not lane._owed)


async def test_what_a_silent_line_took_is_said_again_over_another(
    redis: Redis, strangers: set[str], lane: Lane, listener: Listener
) -> None:
    lane.put(CHANNEL, b"first")
    await eventually(lambda: listener.heard == [b"first"])
    lost_before, before = lost(), await publishers(redis, strangers)
    await redis.client_pause(300)
    lane.put(CHANNEL, b"second")
    await eventually(lambda: bool(lane._owed))
    line = lane._line
    lane._look_at_the_clock()
    assert lane._line is line, "an answer came in this stretch"
    lane._look_at_the_clock()
    assert lane._line is not line
    await eventually(lambda: listener.heard == [b"first", b"second"])
    assert lost() == lost_before
    assert not before & await publishers(redis, strangers)


async def test_an_answer_to_nothing_is_not_taken_for_that_to_the_next_announcement(
    redis: Redis, strangers: set[str], lane: Lane, listener: Listener
) -> None:
    lane.put(CHANNEL, b"first")
    await eventually(lambda: listener.heard == [b"first"] and lane._line is not None)
    lost_before, before = lost(), await publishers(redis, strangers)
    assert lane._line is not None
    lane._line.send([("NONSENSE",)])
    await redis.ping()
    lane.put(CHANNEL, b"second")
    lane.put(CHANNEL, b"third")
    await eventually(lambda: listener.heard == [b"first", b"second", b"third"])
    assert lost() == lost_before
    assert not before & await publishers(redis, strangers)


async def test_a_server_that_cannot_answer_yet_is_left_for_another_connection(lane: Lane) -> None:
    lane._owed.append((CHANNEL, b"asked"))
    with pytest.raises(BusyLoadingError):
        lane._hear(BusyLoadingError())


async def test_more_than_one_round_trip_takes_go_in_their_order(
    redis: Redis, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcement_lane, "OWED_LIMIT", 7)
    lane = Lane(redis, "PUBLISH", nothing_moves)
    said = [str(number).encode() for number in range(100)]
    for payload in said:
        lane.put(CHANNEL, payload)
    lane.start()
    await eventually(lambda: len(listener.heard) == len(said))
    assert listener.heard == said
    await lane.stop()


async def test_a_server_that_does_not_answer_loses_what_it_was_told_and_nothing_later(
    redis: Redis, lane: Lane, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (announcement_lane, redis_link):
        monkeypatch.setattr(module, "TIMEOUT_SECONDS", 0.05)
    lane.put(CHANNEL, b"first")
    await eventually(lambda: listener.heard == [b"first"])
    lost_before = lost()
    await redis.client_pause(400)
    lane.put(CHANNEL, b"lost")
    await eventually(lambda: lost() == lost_before + 1)
    await redis.ping()
    lane.put(CHANNEL, b"later")
    # It may have been said all the same, late: its answer must not be taken for that to another.
    await eventually(lambda: listener.heard[-1] == b"later")


async def test_what_no_line_was_ever_answered_is_not_said_for_ever(
    redis: Redis, lane: Lane, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcement_lane, "TIMEOUT_SECONDS", 0.05)
    lost_before = lost()
    # Connecting goes on, and whoever publishes waits.
    await redis.client_pause(60_000, all=False)
    try:
        lane.put(CHANNEL, b"lost")
        await eventually(lambda: lost() == lost_before + 1)
        assert not lane._owed
    finally:
        await redis.client_unpause()
    lane.put(CHANNEL, b"later")
    await eventually(lambda: listener.heard[-1:] == [b"later"])


async def test_a_lane_without_a_server_counts_what_is_lost_and_ends() -> None:
    redis = redis_link.connect("redis://127.0.0.1:1")
    lane = Lane(redis, "PUBLISH", nothing_moves)
    lane.start()
    lost_before = lost()
    lane.put(CHANNEL, b"lost")
    async with asyncio.timeout(10):
        await lane.stop()
    assert lost() == lost_before + 1
    await redis.aclose()


async def test_a_server_that_is_away_is_not_tried_for_each_announcement(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[float] = []

    async def try_to_open(*how: Any) -> Line:
        tries.append(asyncio.get_running_loop().time())
        return await open_line(*how)

    monkeypatch.setattr(announcement_lane, "open_line", try_to_open)
    redis = redis_link.connect("redis://127.0.0.1:1")
    lane = Lane(redis, "PUBLISH", nothing_moves)
    lane.start()
    said, lost_before = 0, lost()
    while len(tries) < 3:
        lane.put(CHANNEL, b"lost")
        said += 1
        await asyncio.sleep(0.005)
    await lane.stop()
    assert lost() == lost_before + said
    assert all(later - earlier > PAUSE_SECONDS / 2 for earlier, later in pairwise(tries))
    await redis.aclose()


async def test_what_one_answer_refuses_does_not_cost_the_others(redis: Redis, listener: Listener) -> None:
    moved: list[Said] = []

    async def move(said: Any) -> None:
        moved.extend(said)

    lane = Lane(redis, "PUBLISH", move)
    lost_before = lost()
    lane.put(CHANNEL, b"first")
    lane._waiting.append((CHANNEL, b"too", b"much"))  # type: ignore[arg-type] # so that Redis refuses it
    lane.put(CHANNEL, b"third")
    lane.start()
    await eventually(lambda: listener.heard == [b"first", b"third"])
    await eventually(lambda: lost() == lost_before + 1)
    assert moved == []
    await lane.stop()
