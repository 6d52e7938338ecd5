"""Telling all nodes what was committed: a knock on the door, that may be lost without harm."""

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from uuid import UUID

import structlog
from prometheus_client import Counter
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tracker import wire
from tracker.change_log import LoggedChange

SESSIONS_ENDED_CHANNEL: Final = "sessions-ended"
"""Carries the ids of sign-ins that ended, separated by spaces."""

WAITING_LIMIT: Final = 10_000
"""Announcements kept for a Redis that does not answer. Older ones are dropped: nodes find the changes in the log."""

lost_announcements: Final = Counter(
    "lockstep_announcements_lost",
    "Announcements that Redis did not take; nodes read those changes from the log.",
)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Announcement:
    """Changes of one board that follow each other, as they lie in its log."""

    board_id: UUID
    epoch: UUID
    changes: tuple[LoggedChange, ...]


def board_channel(board_id: UUID) -> str:
    """The channel on which a board's changes are announced."""
    return f"board:{board_id}"


def payload_of(announcement: Announcement) -> bytes:
    """The epoch in the first line, then a line for each change with the bytes that clients get."""
    lines = (str(announcement.epoch).encode(), *(change.body for change in announcement.changes))
    return b"\n".join(lines)


def parse_announcement(payload: bytes) -> tuple[UUID, tuple[LoggedChange, ...]]:
    """The epoch and the changes of a payload. Raises ValueError when it is none."""
    first, *bodies = payload.split(b"\n")
    epoch = UUID(first.decode("ascii"))
    changes = tuple(LoggedChange(_seq_of(body), body) for body in bodies)
    if not changes or any(b.seq != a.seq + 1 for a, b in pairwise(changes)):
        raise ValueError("an announcement carries changes that follow each other")
    return epoch, changes


def _seq_of(body: bytes) -> int:
    change = wire.decode(body)
    seq = change.get("seq") if isinstance(change, dict) else None
    if not isinstance(seq, int) or seq < 1:
        raise ValueError("a change has a seq of 1 or more")
    return seq


class Announcer:
    """Hands announcements to Redis in the order of their commits, without ever making the door wait."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._waiting: deque[tuple[str, bytes]] = deque()
        self._wake = asyncio.Event()
        self._is_stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to send what is announced."""
        self._task = asyncio.create_task(self._send_all(), name="announcer")

    async def stop(self) -> None:
        """Send what still waits, as far as Redis takes it, and end."""
        if self._task is None:
            return
        # Asked, not cancelled: redis-py can swallow a cancellation, and the task would wait for ever.
        self._is_stopping = True
        self._wake.set()
        await self._task
        self._task = None

    def announce(self, announcements: Iterable[Announcement]) -> None:
        """Tell all nodes soon. Never blocks and never fails: what Redis does not take is counted as lost."""
        for announcement in announcements:
            self.tell(board_channel(announcement.board_id), payload_of(announcement))

    def tell(self, channel: str, payload: bytes) -> None:
        """Publish this soon, in line with the announcements and by their way."""
        self._waiting.append((channel, payload))
        if len(self._waiting) > WAITING_LIMIT:
            self._waiting.popleft()
            lost_announcements.inc()
        self._wake.set()

    async def renew(self) -> None:
        """Publish over new connections from now on: those that are open may lead to the wrong server."""
        try:
            await self._redis.connection_pool.disconnect(inuse_connections=False)
        except (RedisError, OSError) as error:
            log.warning("connections_not_closed", reason=type(error).__name__)

    async def announce_ended_sessions(self, session_ids: Sequence[UUID]) -> None:
        """Tell all nodes to close the sockets of these sign-ins. Never fails: nodes also ask the database."""
        try:
            await self._redis.publish(SESSIONS_ENDED_CHANNEL, " ".join(map(str, session_ids)))
        except RedisError as error:
            lost_announcements.inc()
            log.warning("announcement_lost", reason=type(error).__name__)

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
        for channel, payload in batch:
            pipeline.publish(channel, payload)
        try:
            await pipeline.execute()
        except (RedisError, OSError) as error:
            lost_announcements.inc(len(batch))
            log.warning("announcements_lost", count=len(batch), reason=type(error).__name__)
        except Exception:  # whatever it is: an announcer that ended in silence would be worse
            lost_announcements.inc(len(batch))
            log.exception("announcer_broke")
