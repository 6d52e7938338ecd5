"""Who is here now. Never in the log, never promised, and the first thing to be dropped.

Redis has one hash for each board with people on it, and every node with some of them a field there, which counts for
nothing when the node does not refresh it. A change is a knock on the board's channel; nodes read the board's hash and
tell their watchers, not more often than a screen needs it, and the less often the more there are to tell.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Iterator
from typing import Final, TypedDict
from uuid import UUID

import structlog
from redis.exceptions import RedisError

from realtime.attendance import Seen, everyone, seen_here
from realtime.cancel import cancel
from realtime.hub import Hub
from realtime.messages import People
from realtime.server_frames import frame_of
from realtime.watch import Watcher
from tracker import wire
from tracker.announcements import board_channel
from tracker.redis_link import RedisLink, Words, execute, publish_verb

KNOCK: Final = b"presence"
"""The payload on a board's channel that says: somebody came, went or looks at something else."""

ROUND_SECONDS: Final = 0.5
REFRESH_SECONDS: Final = 15.0
EXPIRE_SECONDS: Final = 45
"""A node that was killed is forgotten after this; by the clocks of the others, which `lockstep doctor` compares."""

WATCHERS_PER_SECOND: Final = 1_000
"""Frames of presence that a node sends in a second at most, on average."""

log = structlog.get_logger()


class NodeSays(TypedDict):
    """A node's field in the hash of a board: who is there by its sockets, and until when (seconds) that counts."""

    until: float
    people: dict[str, Seen]


class Presence:
    """What this node knows and tells of who is on which board."""

    def __init__(self, redis: RedisLink, hub: Hub, node_id: UUID, now: Callable[[], float]) -> None:
        self._redis = redis
        self._hub = hub
        self._node_id = str(node_id)
        self._now = now
        self._here: dict[UUID, dict[Watcher, UUID | None]] = {}
        self._frames: dict[UUID, bytes] = {}
        self._to_write: set[UUID] = set()
        self._to_read: set[UUID] = set()
        self._not_before: dict[UUID, float] = {}
        self._refresh_at = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to tell."""
        self._task = asyncio.create_task(self._work(), name="presence")

    async def stop(self) -> None:
        """Take this node's people from the boards, as far as Redis can be reached, and end."""
        if self._task is None:
            return
        await cancel(self._task)
        self._task = None
        self._to_write.update(self._here)
        self._here.clear()
        await self._try_round()

    def here(self, session: Watcher, board_id: UUID, task_id: UUID | None) -> None:
        """Somebody is on the board, or looks at something else there."""
        self._here.setdefault(board_id, {})[session] = task_id
        self._to_write.add(board_id)

    def left(self, session: Watcher, board_id: UUID) -> None:
        """Somebody may have gone."""
        sessions = self._here.get(board_id)
        if sessions is not None and session in sessions:
            del sessions[session]
            if not sessions:
                del self._here[board_id]
            self._to_write.add(board_id)

    def greet(self, session: Watcher, board_id: UUID) -> None:
        """Tell somebody who begins to watch who is here already."""
        frame = self._frames.get(board_id)
        if frame is not None:
            session.link.write(frame)
        else:
            self._to_read.add(board_id)

    def knocked(self, board_id: UUID) -> None:
        """Some node has news of this board."""
        self._to_read.add(board_id)

    async def _work(self) -> None:
        while True:
            await asyncio.sleep(ROUND_SECONDS)
            await self._try_round()

    async def _try_round(self) -> None:
        try:
            await self._round()
        except (RedisError, OSError, ValueError) as error:
            log.warning("presence_unknown", reason=type(error).__name__)

    async def _round(self) -> None:
        now = self._now()
        changed, self._to_write = self._to_write, set()
        to_write = set(changed)
        if now >= self._refresh_at:
            self._refresh_at = now + REFRESH_SECONDS
            self._forget_unserved()
            to_write.update(self._here)
            self._to_read.update(self._frames)
        if to_write:
            await self._write(to_write, changed)
        due = {board_id for board_id in self._to_read if self._not_before.get(board_id, 0.0) <= now}
        if due:
            self._to_read -= due
            await self._read_and_tell(due & self._hub.boards.keys(), now)

    def _forget_unserved(self) -> None:
        for known in (self._frames, self._not_before):
            for board_id in known.keys() - self._hub.boards.keys():
                del known[board_id]

    async def _write(self, board_ids: Collection[UUID], changed: Collection[UUID]) -> None:
        until = time.time() + EXPIRE_SECONDS
        commands: list[tuple[str, Words]] = []
        for board_id in board_ids:
            key = _key(board_id)
            seen = seen_here((session.account_id, task) for session, task in self._here.get(board_id, {}).items())
            if seen:
                says = NodeSays(until=until, people={str(account): what for account, what in seen.items()})
                commands.append((key, ("HSET", key, self._node_id, wire.encode(says))))
                commands.append((key, ("EXPIRE", key, EXPIRE_SECONDS)))
            else:
                commands.append((key, ("HDEL", key, self._node_id)))
        verb = publish_verb(self._redis)
        commands.extend((channel, (verb, channel, KNOCK)) for channel in map(board_channel, changed))
        try:
            await execute(self._redis, commands)
        except asyncio.CancelledError:
            # The node ends, and its last round has to say what this one could not.
            self._to_write.update(changed)
            raise

    async def _read_and_tell(self, board_ids: Collection[UUID], now: float) -> None:
        hashes = await execute(self._redis, [(_key(board_id), ("HGETALL", _key(board_id))) for board_id in board_ids])
        for board_id, fields in zip(board_ids, hashes, strict=True):
            self._tell(board_id, fields, now)

    def _tell(self, board_id: UUID, fields: dict[bytes, bytes], now: float) -> None:
        board = self._hub.boards.get(board_id)
        if board is None:
            return
        people = everyone(_said(fields.values()))
        frame = frame_of(People(board_id=board_id, people=people))
        known = self._frames.get(board_id)
        self._frames[board_id] = frame
        if frame == known or (known is None and not people):
            return
        self._not_before[board_id] = now + len(board.live) / WATCHERS_PER_SECOND
        for link in board.live.links():
            link.write(frame)


def _key(board_id: UUID) -> str:
    return f"presence:{board_id}"


def _said(fields: Collection[bytes]) -> Iterator[dict[UUID, Seen]]:
    """What the nodes say that are still there."""
    moment = time.time()
    for field in fields:
        says: NodeSays = wire.decode(field)
        if says["until"] > moment:
            yield {UUID(account): seen for account, seen in says["people"].items()}
