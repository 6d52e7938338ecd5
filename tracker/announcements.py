"""Telling all nodes what was committed: a knock on the door, that may be lost without harm."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tracker.announcement_lane import Lane, Said, lost_announcements
from tracker.change_log import LoggedChange
from tracker.redis_cluster import Cluster
from tracker.redis_link import RedisLink, execute, publish_verb, server_of, servers

SESSIONS_ENDED_CHANNEL: Final = "sessions-ended"
"""Carries the ids of sign-ins that ended, separated by spaces."""

_BOARD: Final = "board:"

IDS_KEPT: Final = 4_096
"""Ids that are not read anew each time they are heard: those of the boards that are busy, and of epochs, are few."""

_BEGIN: Final = re.compile(rb'\{"seq":([1-9][0-9]*),')

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Announcement:
    """Changes of one board that follow each other, as they lie in its log."""

    board_id: UUID
    epoch: UUID
    changes: tuple[LoggedChange, ...]


def board_channel(board_id: UUID) -> str:
    """The channel on which a board's changes are announced."""
    return f"{_BOARD}{board_id}"


@lru_cache(IDS_KEPT)
def board_of(channel: bytes) -> UUID:
    """The board whose changes are announced on a channel. Raises ValueError when it is no such channel."""
    name = channel.decode("ascii")
    if not name.startswith(_BOARD):
        raise ValueError("not the channel of a board")
    return UUID(name.removeprefix(_BOARD))


def payload_of(announcement: Announcement) -> bytes:
    """The epoch in the first line, then a line for each change with the bytes that clients get."""
    lines = (str(announcement.epoch).encode(), *(change.body for change in announcement.changes))
    return b"\n".join(lines)


def parse_announcement(payload: bytes) -> tuple[UUID, tuple[LoggedChange, ...]]:
    """The epoch and the changes of a payload. Raises ValueError when it is none."""
    first, *bodies = payload.split(b"\n")
    changes = tuple(LoggedChange(_seq_at(body), body) for body in bodies)
    if not changes or any(b.seq != a.seq + 1 for a, b in pairwise(changes)):
        raise ValueError("an announcement carries changes that follow each other")
    return _epoch_in(first), changes


@lru_cache(IDS_KEPT)
def _epoch_in(line: bytes) -> UUID:
    return UUID(line.decode("ascii"))


def _seq_at(body: bytes) -> int:
    # Every node hears every change that it serves: no need to decode it all.
    begun = _BEGIN.match(body)
    if begun is None:
        raise ValueError("a change begins with its seq")
    return int(begun[1])


class Announcer:
    """Hands announcements to Redis in the order of their commits, without ever making the door wait.

    Each server has a lane of its own: one that is away holds up nothing that others carry.
    """

    def __init__(self, redis: RedisLink) -> None:
        self._redis = redis
        self._lanes: dict[Redis, Lane] = {}
        self._is_started = False
        self._at_home: Callable[[Announcement, bytes], None] | None = None

    def tell_at_home(self, hear: Callable[[Announcement, bytes], None] | None) -> None:
        """Let this process's own node hear what it announces at once, with the payload that will come back from Redis
        and is a repeat to it.
        """
        self._at_home = hear

    def start(self) -> None:
        """Begin to send what is announced."""
        self._is_started = True
        for lane in self._lanes.values():
            lane.start()

    async def stop(self) -> None:
        """Send what still waits, as far as Redis takes it, and end."""
        self._is_started = False
        for lane in self._lanes.values():
            await lane.stop()

    def announce(self, announcements: Iterable[Announcement]) -> None:
        """Tell all nodes soon. Never blocks and never fails: what Redis does not take is counted as lost."""
        for announcement in announcements:
            payload = payload_of(announcement)
            self.tell(board_channel(announcement.board_id), payload)
            try:
                if self._at_home is not None:
                    self._at_home(announcement, payload)
            except Exception:  # it is committed, and Redis or the log will bring it
                log.exception("hand_on_broke")

    def tell(self, channel: str, payload: bytes) -> None:
        """Publish this soon, in line with the announcements and by their way."""
        try:
            server = server_of(self._redis, channel)
        except RedisError as error:
            lost_announcements.inc()
            log.warning("announcement_lost", reason=type(error).__name__)
            return
        self._lane_to(server).put(channel, payload)

    async def renew(self) -> None:
        """Publish over new connections from now on: those that are open may lead to the wrong server."""
        for lane in self._lanes.values():
            await lane.renew()
        for server in servers(self._redis):
            try:
                await server.connection_pool.disconnect(inuse_connections=False)
            except (RedisError, OSError) as error:
                log.warning("connections_not_closed", reason=type(error).__name__)

    async def announce_ended_sessions(self, session_ids: Sequence[UUID]) -> None:
        """Tell all nodes to close the sockets of these sign-ins. Never fails: nodes also ask the database."""
        words = (publish_verb(self._redis), SESSIONS_ENDED_CHANNEL, " ".join(map(str, session_ids)))
        try:
            await execute(self._redis, [(SESSIONS_ENDED_CHANNEL, words)])
        except (RedisError, OSError) as error:
            lost_announcements.inc()
            log.warning("announcement_lost", reason=type(error).__name__)

    def _lane_to(self, server: Redis) -> Lane:
        lane = self._lanes.get(server)
        if lane is None:
            lane = self._lanes[server] = Lane(server, publish_verb(self._redis), self._say_elsewhere)
            if self._is_started:
                lane.start()
        return lane

    async def _say_elsewhere(self, batch: Sequence[Said]) -> None:
        """Try once more, with whom the cluster names now."""
        if isinstance(self._redis, Cluster):
            await self._redis.look()
            for server in self._lanes.keys() - set(servers(self._redis)):
                await self._lanes[server].renew()
        verb = publish_verb(self._redis)
        await execute(self._redis, [(channel, (verb, channel, payload)) for channel, payload in batch])
