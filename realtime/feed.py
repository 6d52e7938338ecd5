"""The node's ear on Redis: the announcements of the boards it serves, presence, and sign-ins that ended.

Has its own connection and listens to nothing else on it. Whenever that breaks it connects anew and subscribes to
everything again, and when Redis has confirmed every channel it says so, because what was announced meanwhile is lost.
"""

import asyncio
import random
from collections.abc import Callable, Iterable
from typing import Final

import structlog
from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import RedisError

from realtime import metrics
from realtime.cancel import cancel

SILENCE_SECONDS: Final = 5.0
"""Without a word for so long, Redis is asked whether it is there; after twice as long it counts as gone."""

FIRST_PAUSE_SECONDS: Final = 0.1
LONGEST_PAUSE_SECONDS: Final = 1.0
CONFIRM_SECONDS: Final = 2.0

log = structlog.get_logger()


class Feed:
    """Listens on channels.

    `on_message(channel, payload)` gets what is said there. `on_hearing(is_deaf)` is told True when nothing can be
    heard, and False each time that everything asked for can be heard again.
    """

    def __init__(
        self, redis: Redis, on_message: Callable[[bytes, bytes], None], on_hearing: Callable[[bool], None]
    ) -> None:
        self._redis = redis
        self._on_message = on_message
        self._on_hearing = on_hearing
        self._wanted: set[bytes] = set()
        self._confirmed: set[bytes] = set()
        self._waiting: dict[bytes, asyncio.Future[None]] = {}
        self._may_have_missed = True
        self.is_deaf = True
        self._connection: AbstractConnection | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self, channels: Iterable[str]) -> None:
        """Begin to listen, to these channels for ever."""
        self._wanted.update(channel.encode() for channel in channels)
        self._task = asyncio.create_task(self._work(), name="feed")

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            await cancel(self._task)
            self._task = None

    async def subscribe(self, channel: str) -> None:
        """Listen to this one too. Returns when Redis has confirmed it, or when there is no point in waiting.

        In the second case `on_hearing(False)` tells when it is so.
        """
        name = channel.encode()
        self._wanted.add(name)
        confirmed = self._waiting[name] = asyncio.get_running_loop().create_future()
        try:
            if await self._send(b"SUBSCRIBE", name):
                async with asyncio.timeout(CONFIRM_SECONDS):
                    await confirmed
        except TimeoutError:
            log.warning("subscription_unconfirmed")
        finally:
            self._waiting.pop(name, None)

    async def unsubscribe(self, channel: str) -> None:
        """Stop listening to this one."""
        name = channel.encode()
        self._wanted.discard(name)
        self._confirmed.discard(name)
        await self._send(b"UNSUBSCRIBE", name)

    async def renew(self) -> None:
        """Connect anew: what the present connection brings is not what is announced."""
        if self._connection is not None:
            # Whoever reads from it finds it closed, and the work goes on as after any loss.
            await self._connection.disconnect(nowait=True)

    async def _send(self, *words: bytes) -> bool:
        """Say something to Redis. False when it is not there; then the connection is being made anew."""
        connection = self._connection
        if connection is None:
            return False
        try:
            await connection.send_command(*words, check_health=False)
        except (RedisError, OSError):
            return False
        return True

    async def _work(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._listen()
            except (RedisError, OSError, TimeoutError) as error:
                log.warning("feed_lost", reason=type(error).__name__)
            except Exception:  # a feed that ended in silence would be worse than any error
                log.exception("feed_broke")
            # Full jitter, so that the nodes do not come back to a restarted Redis as one.
            pause = FIRST_PAUSE_SECONDS if not self._may_have_missed else min(pause * 2, LONGEST_PAUSE_SECONDS)
            self._may_have_missed = True
            self.is_deaf = True
            self._on_hearing(True)
            await asyncio.sleep(random.uniform(0, pause))  # noqa: S311 - no secret

    async def _listen(self) -> None:
        pool = self._redis.connection_pool
        # RESP2, because there announcements are ordinary answers and come through `read_response`.
        settings = {**pool.connection_kwargs, "protocol": 2, "health_check_interval": 0}
        connection: AbstractConnection = pool.connection_class(**settings)
        try:
            await connection.connect()  # type: ignore[no-untyped-call] # redis-py leaves it so
            metrics.feed_connects.inc()
            self._confirmed.clear()
            self._connection = connection
            await connection.send_command(b"SUBSCRIBE", *self._wanted, check_health=False)
            await self._hear(connection)
        finally:
            self._connection = None
            await connection.disconnect(nowait=True)

    async def _hear(self, connection: AbstractConnection) -> None:
        has_asked = False
        while True:
            answer = await connection.read_response(disable_decoding=True, timeout=SILENCE_SECONDS)
            if answer is not None:
                has_asked = False
                self._understand(answer)
            elif has_asked:
                raise TimeoutError
            else:
                has_asked = True
                await connection.send_command(b"PING", check_health=False)

    def _understand(self, answer: list[bytes]) -> None:
        kind, channel = answer[0], answer[1]
        if kind == b"message":
            self._on_message(channel, answer[2])
        elif kind == b"subscribe" and channel in self._wanted:
            self._confirmed.add(channel)
            waiting = self._waiting.get(channel)
            if waiting is None:
                self._may_have_missed = True
            elif not waiting.done():
                waiting.set_result(None)
            if self._may_have_missed and len(self._confirmed) == len(self._wanted):
                self._may_have_missed = False
                self.is_deaf = False
                self._on_hearing(False)
