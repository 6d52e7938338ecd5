"""A connection to Redis for whoever keeps one: each answer is handed on in the moment in which it comes.

redis-py connects it: address, TLS, signing in. Its own way to an answer wakes a task that goes down through seven
coroutines. Of what a lone command costs a node, that was a twentieth.

redis-py has no public name for the writer; `tests/tracker/test_redis_line.py` tells when its own one moves.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence

import hiredis
from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection, DefaultParser
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import InvalidResponse
from typing_extensions import override

from tracker.redis_link import connect_apart


class Line(asyncio.Protocol):
    """An open connection.

    `on_answer` gets each answer, an error as redis-py's exception. What it raises ends the line. `on_end` is told why
    the line ended, unless it was closed here.
    """

    def __init__(
        self,
        connection: AbstractConnection,
        on_answer: Callable[[object], None],
        on_end: Callable[[Exception], None],
    ) -> None:
        self._connection = connection
        self._on_answer = on_answer
        self._on_end = on_end
        self._reader = hiredis.Reader(protocolError=InvalidResponse, replyError=DefaultParser.parse_error)
        self._is_open = True
        writer = connection._writer  # noqa: SLF001 - see above
        if writer is None:
            raise RedisConnectionError("the connection has ended")
        self._transport = writer.transport
        self._transport.set_protocol(self)

    def send(self, commands: Iterable[Sequence[str | bytes]]) -> None:
        """Send commands, whose answers come one by one. Raises `RedisError` when the line has ended."""
        if not self._is_open:
            raise RedisConnectionError("the connection has ended")
        self._transport.write(b"".join(map(_packed, commands)))

    async def close(self) -> None:
        """Hear nothing more."""
        self._is_open = False
        await self._connection.disconnect(nowait=True)

    @override
    def data_received(self, data: bytes) -> None:
        if not self._is_open:
            return
        try:
            self._reader.feed(data)
            while (answer := self._reader.gets()) is not False:
                self._on_answer(answer)
        except Exception as error:  # noqa: BLE001 - whatever it is, `on_end` is told
            self.break_off(error)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.break_off(exc or RedisConnectionError("the server closed the connection"))

    def break_off(self, error: Exception) -> None:
        """End the line at once, for this reason, which `on_end` is told."""
        if self._is_open:
            self._is_open = False
            self._transport.abort()
            self._on_end(error)


async def open_line(redis: Redis, on_answer: Callable[[object], None], on_end: Callable[[Exception], None]) -> Line:
    """A line to the server, beside its pool. Raises `RedisError` or `OSError`."""
    return Line(await connect_apart(redis), on_answer, on_end)


def _packed(words: Sequence[str | bytes]) -> bytes:
    # redis-py's own way goes by what each word may be: a third of what an announcement costs.
    packed = [b"*%d\r\n" % len(words)]
    for word in words:
        text = word.encode() if isinstance(word, str) else word
        packed.append(b"$%d\r\n%b\r\n" % (len(text), text))
    return b"".join(packed)
