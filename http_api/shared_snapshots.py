"""Packed boards in Redis: what one node has read from PostgreSQL no other needs to read again.

Never more than a help. Whoever may see a board is decided by each request before it comes here, what is missing,
too old or broken is read from PostgreSQL, and a Redis that is away, slow or full makes nobody wait twice.
"""

import asyncio
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from redis.exceptions import RedisError

from http_api.compression import unpack_zstd
from http_api.redis_rest import RedisRest
from tracker.redis_link import RedisLink, server_of
from tracker.snapshot import FORM, Snapshot

KEPT_SECONDS: Final = 60
"""A rush to one board over many nodes takes seconds; afterwards every node has it."""

SMALLEST_BYTES: Final = 4 * 1024
"""Packed, about 100 tasks: smaller boards PostgreSQL reads as fast as this asks Redis."""

LARGEST_BYTES: Final = 1024 * 1024
"""Packed, about 30,000 tasks. With the time above this bounds what Redis holds for a board."""

LONGEST_BYTES: Final = 64 * 1024 * 1024
"""Unpacked: what claims to be more is no board."""

TIMEOUT_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class SharedSnapshot:
    """A board at `seq` in the life `epoch` of its log, packed as zstd. `at` is as in `Snapshot`."""

    epoch: UUID
    seq: int
    at: str
    packed: bytes


class SharedSnapshots:
    """One value for each board, the newest that a node has read."""

    def __init__(self, redis: RedisLink) -> None:
        self._redis = redis
        self._rest = RedisRest("boards are not shared between nodes")
        self._keeping: set[asyncio.Task[None]] = set()

    async def find(self, board_id: UUID, epoch: UUID, seq: int) -> Snapshot | None:
        """The board as it stood at `seq` or later, if somebody has kept it. Never fails."""
        if self._rest.is_resting:
            return None
        key = _key(board_id)
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                value = await server_of(self._redis, key).get(key)
        except (RedisError, OSError) as error:
            self._rest.begin(error)
            return None
        found = _parse(value) if isinstance(value, bytes) else None
        if found is None or found.epoch != epoch or found.seq < seq:
            return None
        try:
            encoded = await asyncio.to_thread(unpack_zstd, found.packed, LONGEST_BYTES)
            return Snapshot.of_encoded(board_id, epoch, found.seq, found.at, encoded)
        except ValueError:
            return None

    def keep(self, board_id: UUID, snapshot: SharedSnapshot) -> None:
        """Give it to the other nodes, soon. Never fails."""
        if self._rest.is_resting or not SMALLEST_BYTES <= len(snapshot.packed) <= LARGEST_BYTES:
            return
        task = asyncio.create_task(self._keep(_key(board_id), snapshot), name="share snapshot")
        self._keeping.add(task)
        task.add_done_callback(self._keeping.discard)

    async def _keep(self, key: str, snapshot: SharedSnapshot) -> None:
        value = f"{snapshot.epoch} {snapshot.seq} {snapshot.at}\n".encode() + snapshot.packed
        try:
            await server_of(self._redis, key).set(key, value, ex=KEPT_SECONDS)
        except (RedisError, OSError) as error:
            self._rest.begin(error)


def _key(board_id: UUID) -> str:
    # Releases that pack differently, or know other fields, do not meet: what one lacks the other would patch for ever.
    return f"snapshot:zstd:{FORM}:{board_id}"


def _parse(value: bytes) -> SharedSnapshot | None:
    position, _, packed = value.partition(b"\n")
    try:
        epoch, seq, at = position.decode("ascii").split(" ", 2)
        return SharedSnapshot(UUID(epoch), int(seq), at, packed)
    except ValueError:
        return None
