"""The ear on Redis: what it hears, and how it notices that it cannot."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from realtime import ear as ears
from realtime.feed import Feed
from tests.realtime.eventually import eventually
from tracker.redis_link import connect


class Heard:
    """What a feed said."""

    def __init__(self) -> None:
        self.messages: list[tuple[bytes, bytes]] = []
        self.hearing: list[bool] = []

    def message(self, channel: bytes, payload: bytes) -> None:
        if payload == b"break":
            raise ZeroDivisionError
        self.messages.append((channel, payload))


@asynccontextmanager
async def listening(url: str, heard: Heard) -> AsyncIterator[Feed]:
    client = connect(url)
    feed = Feed(client, heard.message, heard.hearing.append)
    feed.start(["always"])
    try:
        yield feed
    finally:
        await feed.stop()
        await client.aclose()


@pytest.fixture
async def heard() -> Heard:
    return Heard()


async def test_it_hears_what_it_subscribed_to_and_nothing_else(redis_url: str, redis: Redis, heard: Heard) -> None:
    async with listening(redis_url, heard) as feed:
        await eventually(lambda: heard.hearing == [False])
        await feed.subscribe("one")
        await feed.subscribe("two")
        feed.unsubscribe("one")
        for channel in ("one", "two", "always"):
            await redis.publish(channel, channel)
        await eventually(lambda: len(heard.messages) == 2)
    assert heard.messages == [(b"two", b"two"), (b"always", b"always")]


async def test_a_connection_that_was_cut_is_made_anew_with_every_channel(
    redis_url: str, redis: Redis, heard: Heard
) -> None:
    async with listening(redis_url, heard) as feed:
        for number in range(100):
            await feed.subscribe(f"channel-{number}")
        await eventually(lambda: heard.hearing == [False])
        await redis.client_kill_filter(_type="pubsub")
        await eventually(lambda: heard.hearing == [False, True, False])
        for number in range(100):
            await redis.publish(f"channel-{number}", b"x")
        await eventually(lambda: len(heard.messages) == 100)


async def test_a_message_that_breaks_its_reader_does_not_end_the_feed(
    redis_url: str, redis: Redis, heard: Heard
) -> None:
    async with listening(redis_url, heard):
        await eventually(lambda: heard.hearing == [False])
        await redis.publish("always", b"break")
        await eventually(lambda: heard.hearing == [False, True, False])
        await redis.publish("always", b"on")
        await eventually(lambda: heard.messages == [(b"always", b"on")])


Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def half_dead_redis(answers: int) -> AsyncIterator[str]:
    """A server that answers so many commands and then keeps the connection open in silence."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            for _ in range(answers):
                if not await reader.read(4_096):
                    return
                writer.write(b"*3\r\n$9\r\nsubscribe\r\n$6\r\nalways\r\n:1\r\n")
            await reader.read()
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0?protocol=2"


async def test_a_redis_that_falls_silent_counts_as_gone(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ears, "SILENCE_SECONDS", 0.05)
    monkeypatch.setattr(ears, "CONFIRM_SECONDS", 0.05)
    async with half_dead_redis(answers=4) as url, listening(url, heard) as feed:
        await eventually(lambda: True in heard.hearing)
        await feed.subscribe("one")
        assert feed.is_deaf


async def test_a_subscription_that_is_confirmed_late_is_told(
    redis_url: str, redis: Redis, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ears, "CONFIRM_SECONDS", 0.05)
    async with listening(redis_url, heard) as feed:
        await eventually(lambda: heard.hearing == [False])
        await redis.client_pause(500)
        await feed.subscribe("late")
        assert heard.hearing == [False]
        await eventually(lambda: heard.hearing == [False, False])


async def test_without_redis_nobody_waits(heard: Heard) -> None:
    async with listening("redis://127.0.0.1:1/0", heard) as feed:
        await feed.subscribe("one")
        feed.unsubscribe("one")
        await eventually(lambda: True in heard.hearing)
        assert feed.is_deaf
