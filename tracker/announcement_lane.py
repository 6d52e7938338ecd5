"""One server's share of the announcements, handed to it in order."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog
from prometheus_client import Counter
from redis.asyncio import Redis
from redis.exceptions import MovedError, RedisError, ResponseError

WAITING_LIMIT: Final = 10_000
"""Announcements kept for a server that does not answer. Older ones are dropped: nodes find the changes in the log."""

lost_announcements: Final = Counter(
    "lockstep_announcements_lost",
    "Announcements that Redis did not take; nodes read those changes from the log.",
)

log = structlog.get_logger()

Said = tuple[str, bytes]
"""A channel and what is said there."""


class Lane:
    """Publishes what gathered while the server took the last batch, in one round trip.

    `verb` is the command that publishes; `on_moved` gets what the server says it is no longer the one for.
    """

    def __init__(self, redis: Redis, verb: str, on_moved: Callable[[Sequence[Said]], Awaitable[None]]) -> None:
        self._redis = redis
        self._verb = verb
        self._on_moved = on_moved
        self._waiting: deque[Said] = deque()
        self._wake = asyncio.Event()
        self._is_stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to send."""
        self._task = asyncio.create_task(self._send_all(), name="announcer")

    async def stop(self) -> None:
        """Send what still waits, as far as the server takes it, and end."""
        if self._task is None:
            return
        # Asked, not cancelled: redis-py can swallow a cancellation, and the task would wait for ever.
        self._is_stopping = True
        self._wake.set()
        await self._task
        self._task = None

    def put(self, channel: str, payload: bytes) -> None:
        """Send this soon."""
        self._waiting.append((channel, payload))
        if len(self._waiting) > WAITING_LIMIT:
            self._waiting.popleft()
            lost_announcements.inc()
        self._wake.set()

    async def _send_all(self) -> None:
        while not self._is_stopping:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                await self._send()

    async def _send(self) -> None:
        batch = list(self._waiting)
        self._waiting.clear()
        pipeline = self._redis.pipeline(transaction=False)
        for said in batch:
            pipeline.execute_command(self._verb, *said)
        try:
            await self._look_at(batch, await pipeline.execute(raise_on_error=False))
        except (RedisError, OSError) as error:
            _lost(len(batch), error)
        except Exception:  # whatever it is: an announcer that ended in silence would be worse
            lost_announcements.inc(len(batch))
            log.exception("announcer_broke")

    async def _look_at(self, batch: Sequence[Said], answers: Sequence[object]) -> None:
        refused = [answer for answer in answers if isinstance(answer, ResponseError)]
        if not refused:
            return
        moved = [said for said, answer in zip(batch, answers, strict=True) if isinstance(answer, MovedError)]
        if len(moved) < len(refused):
            _lost(len(refused) - len(moved), next(e for e in refused if not isinstance(e, MovedError)))
        if moved:
            try:
                await self._on_moved(moved)
            except (RedisError, OSError) as error:
                _lost(len(moved), error)


def _lost(count: int, error: Exception) -> None:
    lost_announcements.inc(count)
    log.warning("announcements_lost", count=count, reason=type(error).__name__)
