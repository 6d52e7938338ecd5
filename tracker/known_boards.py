"""What the door still knows of boards from its own last transactions, so that most commands need no reading.

It may be old, and nothing is ever written out of what is old: the write compares the heads with those known here, and
whatever changes a board raises its head. It must not outlive the connection that it came by, though: another server
may have lost what this one had, and stand at the same head all the same.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from uuid import UUID

from tracker.draft import Key, Records, Touch
from tracker.records import Record, values_of

RECORDS_KEPT: Final = 10_000
"""Of all boards together, some 8 MB. The boards that nobody wrote to for longest go first."""

LONGEST_TEXTS: Final = 1_000
"""Characters of all texts of a record. One with more is read each time: its notes may be 80 KB in memory, and 10,000 of
these would be 800 MB."""

PAUSE_SECONDS: Final = 1.0
LONGEST_PAUSE_SECONDS: Final = 60.0
"""How long nothing is remembered of a board after another node wrote to it. Each time that brings no use at all
doubles it: a board that people change on two nodes by turns is read each time, as it has to be. The shorter one also
holds for all boards after a repeat, of which more may come: one is found only by a write that fails."""

_UNKNOWN: Final[Any] = object()

Position = tuple[UUID, UUID, int]
"""A board's head: board, epoch, seq."""


class Recalled(NamedTuple):
    """The heads of some boards, and what was asked for of their records."""

    heads: list[Position]
    records: Records


@dataclass(slots=True)
class _KnownBoard:
    """`records` holds None for a record that is known not to exist; `uses` counts since the board was last stale."""

    epoch: UUID
    seq: int
    records: dict[Key, Record | None] = field(default_factory=dict)
    uses: int = 0
    pause_seconds: float = PAUSE_SECONDS / 2
    paused_until: float = 0.0


class KnownBoards:
    """The heads and the touched records of boards, as this door's last transactions left them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._boards: OrderedDict[UUID, _KnownBoard] = OrderedDict()
        self._records = 0
        self._paused_until = 0.0

    def recall(self, board_ids: Collection[UUID], touches: Iterable[Touch]) -> Recalled | None:
        """All that a transaction needs to decide; None if a part of it is not known, or cannot be."""
        if self._clock() < self._paused_until:
            return None
        found: dict[int, tuple[_KnownBoard, dict[Key, Record | None]]] = {}
        recalled = Recalled([], {})
        for board_id in board_ids:
            board = self._boards.get(board_id)
            if board is None:
                return None
            recalled.heads.append((board_id, board.epoch, board.seq))
            records = recalled.records[board_id] = {}
            found[board_id.int] = board, records
        for board_id, record_type, id, follow in touches:
            # What is not among the boards has no head that the write would compare.
            if id is None or follow or (at_hand := found.get(board_id.int)) is None:
                return None
            board, records = at_hand
            key = (record_type.TYPE, id.int)
            if (record := board.records.get(key, _UNKNOWN)) is _UNKNOWN:
                return None
            records[key] = record
        for board, _ in found.values():
            board.uses += 1
        return recalled

    def learn(self, seen: Iterable[Position], left: Iterable[Position], records: Records) -> None:
        """Remember what a transaction has read or written of boards.

        `seen` is where the boards stood when it read them or recalled them, `left` where they stand now. What is known
        of a board that has been elsewhere meanwhile is dropped: others write to it, too.
        """
        now = self._clock()
        for position in seen:
            self._drop_if_moved(position, now)
        # Of what does not exist as a board nothing is kept: it has no head, either.
        for board_id, epoch, seq in left:
            board = self._board_at(board_id, epoch, seq)
            if board.paused_until <= now:
                self._keep(board, records.get(board_id, {}))
        while self._records + len(self._boards) > RECORDS_KEPT:
            _, oldest = self._boards.popitem(last=False)
            self._records -= len(oldest.records)

    def _keep(self, board: _KnownBoard, records: Mapping[Key, Record | None]) -> None:
        self._records -= len(board.records)
        for key, record in records.items():
            if record is not None and _is_long(record):
                board.records.pop(key, None)
            else:
                board.records[key] = record
        self._records += len(board.records)

    def _board_at(self, board_id: UUID, epoch: UUID, seq: int) -> _KnownBoard:
        board = self._boards.get(board_id)
        if board is None:
            board = self._boards[board_id] = _KnownBoard(epoch, seq)
        board.epoch, board.seq = epoch, seq
        self._boards.move_to_end(board_id)
        return board

    def _drop_if_moved(self, seen: Position, now: float) -> None:
        board_id, epoch, seq = seen
        board = self._boards.get(board_id)
        # Nothing is known of one that is paused, so nothing was guessed in vain.
        if board is None or (board.epoch, board.seq) == (epoch, seq) or board.paused_until > now:
            return
        is_of_use = board.uses > 1
        board.pause_seconds = PAUSE_SECONDS if is_of_use else min(board.pause_seconds * 2, LONGEST_PAUSE_SECONDS)
        board.paused_until = now + board.pause_seconds
        board.uses = 0
        self._records -= len(board.records)
        board.records.clear()

    def met_a_repeat(self) -> None:
        """A write failed because of what had been done before. Let the next transactions read, and so look for more."""
        self._paused_until = self._clock() + PAUSE_SECONDS

    def forget_all(self) -> None:
        """Know nothing any more."""
        self._boards.clear()
        self._records = 0


def _is_long(record: Record) -> bool:
    return sum([len(value) for value in values_of(record) if type(value) is str]) > LONGEST_TEXTS
