"""The feed on a Redis as production has it: over TCP, behind a password. Elsewhere the tests use a Unix socket."""

import asyncio
import subprocess
from collections.abc import Iterator

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from loadtests.ports import free_ports
from lockstep.embedded.binaries import valkey_program
from realtime.feed import Feed
from tracker.redis_link import connect

PASSWORD = "p7-Qw1"


@pytest.fixture
def guarded_redis_url() -> Iterator[str]:
    """A Valkey that lets in who knows the password."""
    (port,) = free_ports(1)
    settings = ["--port", str(port), "--bind", "127.0.0.1", "--requirepass", PASSWORD, "--save", ""]
    process = subprocess.Popen([valkey_program(), *settings], stdout=subprocess.DEVNULL)
    url = f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
    try:
        while not is_up(url):
            assert process.poll() is None
        yield url
    finally:
        process.terminate()
        process.wait()


def is_up(url: str) -> bool:
    try:
        with Redis.from_url(url) as redis:
            return bool(redis.ping())
    except RedisConnectionError:
        return False


async def test_an_announcement_is_heard_over_tcp_and_behind_a_password(guarded_redis_url: str) -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    hearing = asyncio.Event()
    redis = connect(guarded_redis_url)
    feed = Feed(
        redis,
        on_message=lambda _, payload: heard.put_nowait(payload),
        on_hearing=lambda is_deaf: None if is_deaf else hearing.set(),
    )
    feed.start(["sessions-ended"])
    try:
        async with asyncio.timeout(20):
            await hearing.wait()
            await redis.publish("sessions-ended", b"hello")
            assert await heard.get() == b"hello"
    finally:
        await feed.stop()
        await redis.aclose()
