"""A board as a node serves it: where its log stands, what waits to be handed on, and who watches."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from realtime.audience import Audience
from realtime.ring import Ring
from realtime.watch import Watch
from tracker.change_log import Head, LoggedChange

EARLY_LIMIT: Final = 1_000
"""Changes kept that came before their predecessors. Beyond these, the log has to be read anyway."""


class ServedBoard:
    """One board's position on this node. Knows no sockets, no clock and no database.

    `seq` is the last change that was handed on to sessions, `turn` what was accepted after it in this turn of the event
    loop, `early` what came too early because something before it is missing, and `known_seq` the highest seq that is
    known to be committed.
    """

    __slots__ = (
        "ahead",
        "behind",
        "board_id",
        "early",
        "epoch",
        "is_repairing",
        "known_seq",
        "live",
        "quiet_since",
        "ring",
        "seq",
        "turn",
    )

    def __init__(self, board_id: UUID, head: Head, recent: Iterable[LoggedChange], now: float) -> None:
        self.board_id = board_id
        self.ring = Ring()
        self.live = Audience()
        self.behind: dict[Watch, None] = {}
        self.ahead: dict[Watch, None] = {}
        self.turn: list[LoggedChange] = []
        self.early: dict[int, LoggedChange] = {}
        self.is_repairing = False
        self.quiet_since = now
        self.epoch, self.seq, self.known_seq = head.epoch, head.seq, head.seq
        for change in recent:
            self.ring.append(change)

    @property
    def accepted_seq(self) -> int:
        """The last change that is here without a hole before it."""
        return self.seq + len(self.turn)

    @property
    def has_hole(self) -> bool:
        """Something is committed that is not here."""
        return self.accepted_seq < self.known_seq

    @property
    def is_watched(self) -> bool:
        """Whether anybody watches."""
        return bool(self.live or self.behind or self.ahead)

    def watches(self) -> list[Watch]:
        """All who watch, live or not."""
        return [*self.live, *self.behind, *self.ahead]

    def accept(self, changes: Iterable[LoggedChange]) -> int:
        """Take in changes in any order, any number of times. Returns how many came to wait in `turn`."""
        before = len(self.turn)
        for change in changes:
            expected = self.seq + len(self.turn) + 1
            if change.seq == expected:
                self.turn.append(change)
                self.ring.append(change)
            elif change.seq > expected:
                self.known_seq = max(self.known_seq, change.seq)
                if len(self.early) < EARLY_LIMIT:
                    self.early[change.seq] = change
        if self.early:
            self._take_early()
        self.known_seq = max(self.known_seq, self.accepted_seq)
        return len(self.turn) - before

    def _take_early(self) -> None:
        while (change := self.early.pop(self.accepted_seq + 1, None)) is not None:
            self.turn.append(change)
            self.ring.append(change)
        if self.early and self.accepted_seq >= min(self.early):
            self.early = {seq: change for seq, change in self.early.items() if seq > self.accepted_seq}

    def take_turn(self) -> list[LoggedChange]:
        """What is to be handed on now. The caller moves `seq` on as it does so."""
        turn, self.turn = self.turn, []
        return turn

    def start_over(self, head: Head) -> None:
        """Stand at another head, as after a restore. Nobody may be watching."""
        self.epoch, self.seq, self.known_seq = head.epoch, head.seq, head.seq
        self.ring.clear()
        self.turn.clear()
        self.early.clear()
