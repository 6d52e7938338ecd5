"""Boards as they stand, read, encoded and compressed once for all who ask.

A thousand people open the same board in the morning: one reads it, the others wait for that one. What was read is kept
until others need the room, and is given to the other nodes. When the board has moved on since, only what moved is read.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.compression import PackedJson
from http_api.shared_snapshots import SharedSnapshot, SharedSnapshots
from tracker.access import Standing, standings
from tracker.asked_together import AskedTogether
from tracker.change_log import Head
from tracker.database import driver_lent
from tracker.epoch import begin_anew_if_shorter
from tracker.patched_snapshot import PATCHED_CHANGES, read_patched
from tracker.snapshot import Snapshot, read_snapshot

KEPT_BYTES: Final = 64 * 1024 * 1024
"""What a node keeps: the boards of about 450 teams with 2,000 tasks each, or tens of thousands of usual ones."""

READINGS_AT_ONCE: Final = 4
"""Of different boards: a morning's rush leaves connections and a core to everything else."""


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """A board at `seq` in the life `epoch` of its log, ready to be sent. `at` is as in `Snapshot`."""

    epoch: UUID
    seq: int
    at: str
    answer: PackedJson

    @classmethod
    async def of(cls, snapshot: Snapshot) -> Self:
        """The snapshot, packed."""
        return cls(snapshot.epoch, snapshot.seq, snapshot.at, await PackedJson.of(snapshot.encoded()))


class Snapshots:
    """The boards that were asked for lately on this node."""

    def __init__(self, engine: AsyncEngine, shared: SharedSnapshots) -> None:
        self._engine = engine
        self._shared = shared
        self._standings = AskedTogether(self._standings_of)
        self._kept: OrderedDict[UUID, KeptSnapshot] = OrderedDict()
        self._kept_bytes = 0
        self._readings: dict[UUID, asyncio.Task[KeptSnapshot | None]] = {}
        self._places = asyncio.Semaphore(READINGS_AT_ONCE)

    async def standing(self, account_id: UUID, board_id: UUID) -> Standing | None:
        """How the account stands on the board; None alike for one that is absent and one that is not theirs."""
        return await self._standings.answer((account_id, board_id))

    async def snapshot(self, account_id: UUID, mine: Standing, board_id: UUID) -> KeptSnapshot | None:
        """The board as it stands now or stood at a moment after `mine` was read; None when it is theirs no more."""
        kept = self._kept.get(board_id)
        if kept is None or kept.epoch != mine.head.epoch or kept.seq < mine.head.seq:
            kept = await self._read(board_id, mine)
        else:
            self._kept.move_to_end(board_id)
        if kept is None:
            return None
        if (kept.epoch, kept.seq) != (mine.head.epoch, mine.head.seq):
            # It holds changes from after the moment at which they were seen to have a right to it.
            mine_now = await self.standing(account_id, board_id)
            if mine_now is None:
                return None
            if mine_now.head.epoch == kept.epoch and mine_now.head.seq < kept.seq:
                return await self._after_a_loss(board_id, kept)
        return kept

    async def _after_a_loss(self, board_id: UUID, lost: KeptSnapshot) -> KeptSnapshot | None:
        """The log does not reach what was read of it: it went back, and what was kept holds what is no more."""
        async with self._engine.begin() as connection:
            await begin_anew_if_shorter(connection, board_id, lost.epoch, lost.seq)
        # Not from what is known here or on another node, which holds what is no more.
        async with self._places:
            kept = await self._from_database(board_id, None)
        if kept is not None:
            self._keep(board_id, kept)
        return kept

    async def _standings_of(self, asked: Sequence[tuple[UUID, UUID]]) -> Mapping[tuple[UUID, UUID], Standing]:
        async with driver_lent(self._engine) as connection:
            return await standings(connection, asked)

    async def _read(self, board_id: UUID, mine: Standing) -> KeptSnapshot | None:
        while True:
            reading = self._readings.get(board_id)
            if reading is None:
                reading = asyncio.create_task(self._read_now(board_id, mine.head), name="snapshot")
                self._readings[board_id] = reading
            # Whoever asked may go away, the others have not.
            kept = await asyncio.shield(reading)
            # One that had begun before this question may be older than what the asker has seen already.
            if kept is None or kept.epoch != mine.head.epoch or kept.seq >= mine.head.seq:
                return kept

    async def _read_now(self, board_id: UUID, head: Head) -> KeptSnapshot | None:
        try:
            # Before anything is unpacked: what waits for its place takes no room.
            async with self._places:
                known = await self._known(board_id, head)
                if known is not None and known.seq >= head.seq:
                    kept: KeptSnapshot | None = await KeptSnapshot.of(known)
                else:
                    kept = await self._from_database(board_id, known)
            if kept is not None:
                self._keep(board_id, kept)
            return kept
        finally:
            del self._readings[board_id]

    async def _known(self, board_id: UUID, head: Head) -> Snapshot | None:
        """What this node or another has of the board, if it is not too far behind `head`."""
        oldest = head.seq - PATCHED_CHANGES
        kept = self._kept.get(board_id)
        if kept is None or kept.epoch != head.epoch or kept.seq < oldest:
            return await self._shared.find(board_id, head.epoch, oldest)
        return Snapshot.of_encoded(board_id, kept.epoch, kept.seq, kept.at, await kept.answer.plain())

    async def _from_database(self, board_id: UUID, known: Snapshot | None) -> KeptSnapshot | None:
        snapshot = None if known is None else await read_patched(self._engine, known)
        if snapshot is None:
            snapshot = await read_snapshot(self._engine, board_id)
        if snapshot is None:
            return None
        kept = await KeptSnapshot.of(snapshot)
        if (packed := kept.answer.forms.get("zstd")) is not None:
            self._shared.keep(board_id, SharedSnapshot(kept.epoch, kept.seq, kept.at, packed))
        return kept

    def _keep(self, board_id: UUID, kept: KeptSnapshot) -> None:
        if (older := self._kept.pop(board_id, None)) is not None:
            self._kept_bytes -= older.answer.size
        self._kept[board_id] = kept
        self._kept_bytes += kept.answer.size
        while self._kept_bytes > KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= oldest.answer.size
