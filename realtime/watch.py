"""One session's place in the log of one board."""

from __future__ import annotations

from asyncio import Task
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from realtime.link import Link
from realtime.messages import ResyncReason

if TYPE_CHECKING:
    from realtime.board import ServedBoard


class Watcher(Protocol):
    """What the hub needs to know of a session."""

    @property
    def link(self) -> Link:
        """Its socket."""

    @property
    def account_id(self) -> UUID:
        """In whose name it watches."""

    def is_joining(self, board_id: UUID) -> bool:
        """Whether the join that asks is still wanted. A cancellation alone may get lost on its way."""

    def watch_began(self, watch: Watch) -> None:
        """The client gets every change after `watch.start_seq`."""

    def following_changed(self) -> None:
        """One of its watches is live now, or is live no more."""

    def watch_ended(self, board_id: UUID, reason: ResyncReason) -> None:
        """Nothing more of this board comes; the client has to take a snapshot, or to forget the board."""


class Phase(Enum):
    """How far a watch is."""

    BEHIND = auto()  # it is served from the ring or the log until it has what the hub has
    AHEAD = auto()  # the client knows more than this node has heard of
    LIVE = auto()  # it gets what the hub hands on
    OVER = auto()


@dataclass(slots=True, eq=False)
class Watch:
    """A place in a board's log for one session.

    `seq` is the last change that was handed to the session; while LIVE the board's own seq stands for it, so that
    handing on costs nothing per session. `start_seq` is where the watch began. `cleared_seq` is where the log stood
    when the account was known to be a member: a removal up to there had been undone. `reading` is the query it waits
    for.
    """

    session: Watcher
    board: ServedBoard
    seq: int
    start_seq: int
    cleared_seq: int
    phase: Phase = Phase.BEHIND
    reading: Task[None] | None = None
