"""Who watches what on this node, and the handing on of changes: in order, without holes, once to each.

Pure and synchronous: no sockets, no Redis, no database, no clock. Time and the end of the loop turn come from outside,
so that a test can drive every interleaving.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final
from uuid import UUID

from realtime import metrics
from realtime.audience import Audience
from realtime.board import ServedBoard
from realtime.fold import fold
from realtime.messages import ResyncReason
from realtime.removals import removed_members
from realtime.server_frames import changes_frame
from realtime.watch import Phase, Watch
from tracker.change_log import Head, LoggedChange

HELD_LIMIT: Final = 1_000
"""Announcements kept for a board that is being opened."""

Announced = tuple[UUID, Sequence[LoggedChange]]
"""An epoch and changes that follow each other."""


class Hub:
    """The boards that this node serves, and their watches.

    `at_turn_end(flush)` runs `flush` when the current turn of the event loop ends, or shortly after; `on_hole(board)`
    is told whenever something committed is missing; `on_stranger(board_id)` when an announcement is of another life of
    the log; `write_to_all(audience, frame)` sends at once to all who are live.
    """

    def __init__(
        self,
        at_turn_end: Callable[[Callable[[], None]], object],
        on_hole: Callable[[ServedBoard], None],
        on_stranger: Callable[[UUID], None],
        on_reached: Callable[[Watch], None],
        write_to_all: Callable[[Audience, bytes], None],
    ) -> None:
        self.boards: dict[UUID, ServedBoard] = {}
        self._at_turn_end = at_turn_end
        self._on_hole = on_hole
        self.on_stranger = on_stranger
        self._on_reached = on_reached
        self._write_to_all = write_to_all
        self._opening: dict[UUID, list[Announced]] = {}
        self._to_flush: list[ServedBoard] = []

    # Boards come and go ----------------------------------------------------------------------------------------

    def expect(self, board_id: UUID) -> None:
        """Keep what is announced for a board whose head is being read."""
        self._opening[board_id] = []

    def opened(self, board_id: UUID, head: Head, recent: Iterable[LoggedChange], now: float) -> ServedBoard:
        """Serve a board from this head on, after the announcements that came meanwhile."""
        board = self.boards[board_id] = ServedBoard(board_id, head, recent, now)
        for epoch, changes in self._opening.pop(board_id, ()):
            self.announced(board_id, epoch, changes)
        metrics.served_boards.set(len(self.boards))
        return board

    def forget(self, board_id: UUID) -> None:
        """Serve this board no more. Nobody may be watching it."""
        self._opening.pop(board_id, None)
        self.boards.pop(board_id, None)
        metrics.served_boards.set(len(self.boards))

    # Changes come in -------------------------------------------------------------------------------------------

    def announced(self, board_id: UUID, epoch: UUID, changes: Sequence[LoggedChange]) -> bool:
        """An announcement came, be it in order or not, be it the first time or not. Tells whether the board is served
        here.
        """
        board = self.boards.get(board_id)
        if board is None:
            held = self._opening.get(board_id)
            if held is not None and len(held) < HELD_LIMIT:
                held.append((epoch, changes))
        elif board.epoch != epoch:
            self.on_stranger(board_id)
        else:
            self.accept(board, changes)
        return board is not None

    def accept(self, board: ServedBoard, changes: Iterable[LoggedChange]) -> int:
        """Take in changes of the board's present epoch. Returns how many of them will be handed on."""
        was_waiting = bool(board.turn)
        accepted = board.accept(changes)
        if board.turn and not was_waiting:
            if not self._to_flush:
                self._at_turn_end(self.flush)
            self._to_flush.append(board)
        if board.has_hole:
            self._on_hole(board)
        return accepted

    def heard_seq(self, board: ServedBoard, epoch: UUID, seq: int) -> None:
        """Something with this seq is committed, says somebody who knows."""
        if board.epoch != epoch:
            return
        board.known_seq = max(board.known_seq, seq)
        if board.has_hole:
            self._on_hole(board)

    def start_over(self, board: ServedBoard, head: Head | None, reason: ResyncReason) -> None:
        """The board is no more what it was: end every watch, and serve it from the new head, if there is one."""
        for watch in board.watches():
            self.end(watch, reason)
        if head is None:
            self.forget(board.board_id)
        else:
            board.start_over(head)

    # Changes go out --------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Hand on all that this turn brought."""
        boards, self._to_flush = self._to_flush, []
        for board in boards:
            self.flush_board(board, is_only=len(boards) == 1)

    def flush_board(self, board: ServedBoard, *, is_only: bool = False) -> None:
        """Hand on what waits: one frame for all who are live, cut where somebody loses the right to see the board.

        `is_only`: no other board has news in this turn, so that there is nothing to be joined with.
        """
        turn = board.take_turn()
        segment: list[LoggedChange] = []
        for change in turn:
            segment.append(change)
            if removed := removed_members(change.body):
                # Listed before the writing, by which somebody may clog and fall behind.
                audience = tuple(board.live)
                self._hand_on(board, segment, is_only=is_only)
                segment = []
                self._end_removed(audience, change.seq, removed)
        if segment:
            self._hand_on(board, segment, is_only=is_only)
        if board.ahead:
            for watch in [watch for watch in board.ahead if watch.seq <= board.seq]:
                self.fall_behind(watch)
                self._on_reached(watch)

    def _hand_on(self, board: ServedBoard, changes: list[LoggedChange], *, is_only: bool) -> None:
        frame = changes_frame(board.board_id, [change.body for change in changes])
        # Before the writing: whoever clogs by this very frame has it, and falls behind from here.
        board.seq = changes[-1].seq
        deliveries = len(board.live) * len(changes)
        if is_only:
            self._write_to_all(board.live, frame)
        else:
            for link in board.live.links():
                link.write(frame)
        metrics.deliveries.value += deliveries

    def _end_removed(self, audience: Iterable[Watch], seq: int, removed: frozenset[UUID]) -> None:
        for watch in audience:
            is_removed = watch.session.account_id in removed and seq > watch.cleared_seq
            if is_removed and watch.phase is not Phase.OVER:
                self.end(watch, "not_found")

    def hand_to(self, watch: Watch, changes: Sequence[LoggedChange], *, folded: bool = False) -> None:
        """Give changes to one session that is behind, and end the watch where its account was removed."""
        ours = changes
        is_removed = False
        for place, change in enumerate(changes):
            if change.seq > watch.cleared_seq and watch.session.account_id in removed_members(change.body):
                ours = ours[: place + 1]
                is_removed = True
                break
        if folded:
            # Only now: what was folded is right at its end alone, so nothing may be cut off it.
            ours = fold(ours)
        watch.seq = ours[-1].seq
        watch.session.link.write(changes_frame(watch.board.board_id, [change.body for change in ours]))
        metrics.deliveries.value += len(ours)
        if is_removed:
            self.end(watch, "not_found")

    # Watches change their phase --------------------------------------------------------------------------------

    def begin(self, watch: Watch) -> None:
        """A session begins to watch; it is BEHIND until it was served."""
        watch.board.behind[watch] = None

    def fall_behind(self, watch: Watch) -> None:
        """Hand on nothing more to this watch; it goes on by itself after what it has."""
        if watch.phase is Phase.LIVE:
            watch.seq = watch.board.seq
        self._move(watch, Phase.BEHIND)
        watch.board.behind[watch] = None

    def wait_for_board(self, watch: Watch) -> None:
        """The session knows more than this node: leave it alone until the board has come so far."""
        self._move(watch, Phase.AHEAD)
        watch.board.ahead[watch] = None

    def go_live(self, watch: Watch) -> None:
        """The watch has all that was handed on: from now it goes with the others."""
        self._move(watch, Phase.LIVE)
        watch.board.live.add(watch)

    def end(self, watch: Watch, reason: ResyncReason) -> None:
        """End a watch and tell its session why."""
        self.leave(watch)
        watch.session.watch_ended(watch.board.board_id, reason)

    def leave(self, watch: Watch) -> None:
        """End a watch without a word, because its session asked for it or is gone."""
        self._move(watch, Phase.OVER)
        if watch.reading is not None:
            watch.reading.cancel()
            watch.reading = None

    def _move(self, watch: Watch, phase: Phase) -> None:
        if watch.phase is Phase.OVER:
            raise RuntimeError("a watch that is over never begins again")
        if Phase.LIVE in (watch.phase, phase):
            watch.session.following_changed()
        watch.phase = phase
        watch.board.live.discard(watch)
        for group in (watch.board.behind, watch.board.ahead):
            group.pop(watch, None)
