"""A line to Redis: what comes is handed on at once, and how it ends is told."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import uvloop
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import InvalidResponse, MovedError, RedisError, ResponseError

from tests.realtime.eventually import eventually
from tracker.redis_line import open_line
from tracker.redis_link import connect

SELF_SIGNED: Final = Path(__file__).with_name("self_signed.pem")
"""A key and its certificate, for `localhost`. They open nothing."""


class Heard:
    """What a line brought."""

    def __init__(self) -> None:
        self.answers: list[object] = []
        self.ended: list[Exception] = []

    def answer(self, answer: object) -> None:
        if answer == b"break":
            raise ZeroDivisionError
        self.answers.append(answer)


@pytest.fixture
def heard() -> Heard:
    return Heard()


async def test_answers_come_in_order_and_errors_as_redis_py_has_them(redis: Redis, heard: Heard) -> None:
    line = await open_line(redis, heard.answer, heard.ended.append)
    line.send([("ECHO", "ä"), (b"NONSENSE",), (b"ECHO", b"x" * 1_000_000)])
    line.send([("ECHO", "last")])
    await eventually(lambda: len(heard.answers) == 4)
    first, refused, long, last = heard.answers
    assert (first, long, last) == ("ä".encode(), b"x" * 1_000_000, b"last")
    assert isinstance(refused, ResponseError)
    await line.close()
    assert heard.ended == []


async def test_who_closes_hears_nothing_more_and_cannot_speak(redis: Redis, heard: Heard) -> None:
    line = await open_line(redis, heard.answer, heard.ended.append)
    line.send([("ECHO", "unheard")])
    await line.close()
    with pytest.raises(RedisError):
        line.send([("ECHO", "unsaid")])
    await asyncio.sleep(0.05)
    assert heard.answers == []
    assert heard.ended == []


async def test_what_the_hearer_raises_ends_the_line(redis: Redis, heard: Heard) -> None:
    line = await open_line(redis, heard.answer, heard.ended.append)
    line.send([("ECHO", "break"), ("ECHO", "x" * 1_000_000)])
    await eventually(lambda: bool(heard.ended))
    with pytest.raises(RedisError):
        line.send([("ECHO", "unsaid")])
    await asyncio.sleep(0.05)
    assert heard.answers == []
    assert [type(error) for error in heard.ended] == [ZeroDivisionError], "told once"
    await line.close()


@asynccontextmanager
async def server_that_says(words: bytes, tls: ssl.SSLContext | None = None) -> AsyncIterator[Redis]:
    """It takes the sign-in, says this to the first command after it, and closes."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while b"ECHO" not in (said := await reader.read(4_096)):
            writer.write(b"+OK\r\n" * said.count(b"*"))
        for byte in words:
            writer.write(bytes([byte]))
            await asyncio.sleep(0)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}/0?protocol=2"
    redis = connect(f"rediss://{address}&ssl_cert_reqs=none" if tls else f"redis://{address}")
    async with server:
        yield redis
        await redis.aclose()


@pytest.mark.parametrize(
    ("words", "answers", "ended"),
    [
        (b"+OK\r\n-MOVED 1 a:2\r\n", [bytes, MovedError], RedisConnectionError),
        (b"*2\r\n$1\r\na", [], RedisConnectionError),
        (b"+OK\r\nnonsense\r\n+OK\r\n", [bytes], InvalidResponse),
    ],
)
async def test_a_server_that_goes_or_talks_nonsense_ends_the_line(
    heard: Heard, words: bytes, answers: list[type], ended: type
) -> None:
    async with server_that_says(words) as redis:
        line = await open_line(redis, heard.answer, heard.ended.append)
        line.send([("ECHO", "x")])
        await eventually(lambda: bool(heard.ended))
        assert [type(answer) for answer in heard.answers] == answers
        assert [type(error) for error in heard.ended] == [ended]
        await line.close()


@pytest.fixture(scope="module")
def tls() -> ssl.SSLContext:
    """A server's part of TLS, with a certificate that it signed itself, for a hundred years."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(SELF_SIGNED)
    return context


Run = Callable[[Coroutine[Any, Any, None]], None]


@pytest.mark.parametrize("is_secret", [False, True])
@pytest.mark.parametrize("run", [asyncio.run, uvloop.run])
def test_a_line_is_the_same_on_each_loop_and_through_tls(
    run: Run, is_secret: bool, tls: ssl.SSLContext, heard: Heard
) -> None:
    async def speak_and_hear() -> None:
        async with server_that_says(b"+OK\r\n$1\r\na\r\n", tls if is_secret else None) as redis:
            line = await open_line(redis, heard.answer, heard.ended.append)
            line.send([("ECHO", "x"), ("ECHO", b"y" * 1_000)])
            await eventually(lambda: bool(heard.ended))
            await line.close()

    run(speak_and_hear())
    assert heard.answers == [b"OK", b"a"]
    assert [type(error) for error in heard.ended] == [RedisConnectionError]
