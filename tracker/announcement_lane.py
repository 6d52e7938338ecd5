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

OWED_LIMIT: Final = 1_000
"""Announcements that a server has and did not answer yet: it takes as many within milliseconds."""

PAUSE_SECONDS: Final = 0.1
"""Between two tries to reach a server: one that refuses is not asked again for each change. What is said meanwhile
waits, and goes if it is there again."""

lost_announcements: Final = Counter(
    "lockstep_announcements_lost",
    "Announcements that Redis did not take; nodes read those changes from the log.",
)

log = structlog.get_logger()

Said = tuple[str, bytes]
"""A channel and what is said there."""


class Lane:
    """Publishes what each turn of the event loop brings in one piece, without waiting for the answers to what it said
    before.

    `verb` is the command that publishes; `on_moved` gets what the server says it is no longer the one for.
    """

    def __init__(self, redis: Redis, verb: str, on_moved: Callable[[Sequence[Said]], Awaitable[None]]) -> None:
        self._redis = redis
        self._verb = verb
        self._on_moved = on_moved
        self._line: Line | None = None
        self._ended: list[Line] = []
        self._renewals = 0
        self._waiting: deque[Said] = deque()
        self._owed: deque[Said] = deque()
        """What the server has and did not answer, or is to get once there is a line."""
        self._moved: list[Said] = []
        self._refusals: list[ResponseError] = []
        self._has_answered = False
        """Whether the present line ever brought an answer."""
        self._is_silent = False
        """Whether no answer came since somebody last looked at the clock."""
        self._clock: asyncio.TimerHandle | None = None
        self._is_started = False
        self._is_due = False
        self._care: asyncio.Task[None] | None = None
        self._at_rest: asyncio.Future[None] | None = None

    def start(self) -> None:
        """Begin to send."""
        self._is_started = True
        self._write()

    async def stop(self) -> None:
        """Send what still waits, as far as the server takes it, and end."""
        if not self._is_started:
            return
        self._is_started = False
        self._write()
        self._at_rest = asyncio.get_running_loop().create_future()
        self._tell_if_at_rest()
        await self._at_rest
        self._at_rest = None
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
        await self.renew()

    async def renew(self) -> None:
        """Publish over a new connection from now on, also what the present one brought no answer to."""
        self._renewals += 1
        line, self._line = self._line, None
        if self._owed:
            self._take_care()
        if line is not None:
            await line.close()

    def put(self, channel: str, payload: bytes) -> None:
        """Send this when the turn of the event loop ends."""
        self._waiting.append((channel, payload))
        if len(self._waiting) > WAITING_LIMIT:
            self._waiting.popleft()
            lost_announcements.inc()
        if self._is_started:
            self._write_soon()

    def _write_soon(self) -> None:
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._write)

    def _write(self) -> None:
        self._is_due = False
        batch = self._take()
        if self._line is None:
            if self._owed:
                self._take_care()
        elif batch:
            self._send(self._line, batch)

    def _take(self) -> list[Said]:
        """What can be sent now; from here on an answer to it is owed."""
        # What moved counts, too: it may take long until it is known where to.
        room = OWED_LIMIT - len(self._owed) - len(self._moved)
        count = min(len(self._waiting), room)
        batch = [self._waiting.popleft() for _ in range(count)]
        self._owed += batch
        return batch

    def _send(self, line: Line, batch: Sequence[Said]) -> None:
        line.send([(self._verb, *said) for said in batch])
        if self._clock is None:
            self._look_later()

    def _hear(self, answer: object) -> None:
        if not self._owed:
            raise InvalidResponse("an answer to nothing")
        if isinstance(answer, RedisError) and not isinstance(answer, ResponseError):
            raise answer
        self._has_answered, self._is_silent = True, False
        said = self._owed.popleft()
        if isinstance(answer, MovedError):
            self._moved.append(said)
            self._take_care()
        elif isinstance(answer, ResponseError):
            self._refusals.append(answer)
            self._take_care()
        if self._waiting:
            self._write_soon()
        elif self._at_rest is not None:
            self._tell_if_at_rest()

    # A server that is silent or gone -----------------------------------------------------------------------------

    def _look_later(self) -> None:
        self._is_silent = True
        self._clock = asyncio.get_running_loop().call_later(TIMEOUT_SECONDS, self._look_at_the_clock)

    def _look_at_the_clock(self) -> None:
        """One timer for whatever is said in such a stretch: one for each word would cost more than the word."""
        self._clock = None
        if self._line is None or not self._owed:
            return
        if self._is_silent:
            self._line.break_off(TimeoutError())
        else:
            self._look_later()

    def _line_ended(self, error: Exception) -> None:
        """No answer will come any more. If the line had worked, what it took last is said once more, over another."""
        if self._line is not None:
            self._ended.append(self._line)
            self._line = None
        if not self._has_answered:
            self._lose_owed(error)
        self._take_care()

    def _lose_owed(self, error: Exception) -> None:
        if self._owed:
            _lost(len(self._owed), error)
            self._owed.clear()

    def _take_care(self) -> None:
        if self._care is None:
            self._care = asyncio.create_task(self._do_what_takes_time(), name="announcer")

    async def _do_what_takes_time(self) -> None:
        try:
            while await self._took_time():
                pass
        finally:
            self._care = None
            self._tell_if_at_rest()

    async def _took_time(self) -> bool:
        """Do one thing that has to be waited for. Tells whether there was one."""
        try:
            if self._ended:
                await self._ended.pop().close()
            elif self._refusals:
                refusals, self._refusals = self._refusals, []
                _lost(len(refusals), refusals[0])
            elif self._moved:
                await self._move()
            elif self._line is None and (self._take() or self._owed):
                await self._connect()
            else:
                return False
        except Exception as error:  # whatever it is: an announcer that ended in silence would be worse
            log.exception("announcer_broke")
            self._lose_owed(error)
        return True

    async def _connect(self) -> None:
        renewals = self._renewals
        try:
            line = await open_line(self._redis, self._hear, self._line_ended)
        except (RedisError, OSError) as error:
            self._lose_owed(error)
            await asyncio.sleep(PAUSE_SECONDS)
            return
        if renewals != self._renewals:
            await line.close()
            return
        self._line, self._has_answered, self._is_silent = line, False, False
        self._take()
        self._send(line, self._owed)

    async def _move(self) -> None:
        moved = self._moved.copy()
        try:
            await self._on_moved(moved)
        except (RedisError, OSError) as error:
            _lost(len(moved), error)
        except Exception as error:  # whatever it is: the others have nothing to do with it
            log.exception("announcer_broke")
            _lost(len(moved), error)
        del self._moved[: len(moved)]
        if self._waiting:
            self._write_soon()

    def _tell_if_at_rest(self) -> None:
        if self._at_rest is not None and not (self._waiting or self._owed or self._care or self._at_rest.done()):
            self._at_rest.set_result(None)


def _lost(count: int, error: Exception) -> None:
    lost_announcements.inc(count)
    log.warning("announcements_lost", count=count, reason=type(error).__name__)
