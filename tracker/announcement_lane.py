"""One server's share of the announcements, handed to it in order."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog
from prometheus_client import Counter
from redis.asyncio import Redis
from redis.exceptions import InvalidResponse, MovedError, RedisError, ResponseError

from tracker.redis_line import Line, open_line
from tracker.redis_link import TIMEOUT_SECONDS

WAITING_LIMIT: Final = 10_000
"""Announcements kept for a server that does not answer. Older ones are dropped: nodes find the changes in the log."""

BATCH_LIMIT: Final = 1_000
"""Announcements of one round trip: Redis takes them within milliseconds."""

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
        self._line: Line | None = None
        self._owed = 0
        self._answers: list[object] = []
        self._answered: asyncio.Future[None] | None = None
        self._renewals = 0
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
        await self.renew()

    async def renew(self) -> None:
        """Publish over a new connection from now on."""
        self._renewals += 1
        line, self._line = self._line, None
        if line is not None:
            await line.close()

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
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), BATCH_LIMIT))]
        try:
            await self._look_at(batch, await self._published(batch))
        except (RedisError, OSError) as error:
            _lost(len(batch), error)
        except Exception:  # whatever it is: an announcer that ended in silence would be worse
            lost_announcements.inc(len(batch))
            log.exception("announcer_broke")

    async def _published(self, batch: Sequence[Said]) -> list[object]:
        """What the server answered to each. Should the connection be gone, a new one is tried once."""
        is_kept = self._line is not None
        try:
            return await self._publish(batch)
        except (RedisError, OSError):
            if not is_kept:
                raise
        return await self._publish(batch)

    async def _publish(self, batch: Sequence[Said]) -> list[object]:
        renewals = self._renewals
        line = self._line or await open_line(self._redis, self._hear, self._break_off)
        # Kept only while no answer is owed: what came late would be taken for that to something else.
        self._line = None
        loop = asyncio.get_running_loop()
        self._owed, self._answers, self._answered = len(batch), [], loop.create_future()
        overdue = loop.call_later(TIMEOUT_SECONDS, self._break_off, TimeoutError())
        try:
            line.send([(self._verb, *said) for said in batch])
            await self._answered
        except BaseException:
            await line.close()
            raise
        finally:
            overdue.cancel()
            self._answered = None
        if renewals == self._renewals:
            self._line = line
        else:
            await line.close()
        return self._answers

    def _hear(self, answer: object) -> None:
        if self._answered is None or self._answered.done():
            raise InvalidResponse("an answer to nothing")
        if isinstance(answer, RedisError) and not isinstance(answer, ResponseError):
            raise answer
        self._answers.append(answer)
        if len(self._answers) == self._owed:
            self._answered.set_result(None)

    def _break_off(self, error: Exception) -> None:
        """No answer will come any more."""
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(error)

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
