"""Bringing a session that is behind to where the others are: from the ring, else from the log, as fast as it reads.

The ring is the waiting room of the join: while a session is served, live changes go on into it, and a session is live
when it has what the hub has. So nothing is queued for anybody, and memory per session does not depend on how far
it is behind.
"""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

import structlog

from realtime import metrics
from realtime.hub import Hub
from realtime.log_reader import Log
from realtime.watch import Phase, Watch
from tracker.change_log import LoggedChange

GAP_LIMIT: Final = 1_000
"""Changes that are replayed to one session at most; a fresh snapshot is cheaper for both sides beyond that."""

PAGE_CHANGES: Final = 200
CHUNK_BYTES: Final = 32_768
"""Written at once to a session that is behind: half of what makes it count as slow."""

FOLD_FROM: Final = 64
"""A gap of more changes than this is folded: a record that was edited a hundred times is sent once in a frame."""

FOLD_BYTES: Final = 131_072
"""Of changes that are folded into one frame, before the folding. Bounds that frame when nothing can be left out."""


log = structlog.get_logger()


class CatchUp:
    """Serves watches that are BEHIND until they are LIVE or have to take a snapshot."""

    def __init__(self, hub: Hub, log: Log, fold_from: int = FOLD_FROM) -> None:
        self._hub = hub
        self._log = log
        self._fold_from = fold_from

    def advance(self, watch: Watch) -> None:
        """Go on with a watch that is BEHIND, as far as goes without waiting. Whoever was waited for calls again."""
        board = watch.board
        while watch.phase is Phase.BEHIND and watch.reading is None and not watch.session.link.is_clogged:
            if watch.seq == board.seq:
                self._hub.go_live(watch)
            elif watch.seq > board.seq:
                # The client knew more, or the ring already had what this turn of the loop will bring the others.
                self._hub.wait_for_board(watch)
            elif board.seq - watch.seq > GAP_LIMIT:
                self._hub.end(watch, "lagging")
            elif changes := board.ring.after(watch.seq, self._frame_bytes(watch)):
                self._hand_to(watch, changes)
            else:
                watch.reading = asyncio.get_running_loop().create_task(self._read_log(watch))

    async def _read_log(self, watch: Watch) -> None:
        try:
            await self._read_page(watch)
        except Exception:  # whatever it is: a session that waited for ever would show an old board and not know it
            log.exception("catch_up_broke")
            watch.reading = None
            if watch.phase is not Phase.OVER:
                self._hub.end(watch, "lagging")

    async def _read_page(self, watch: Watch) -> None:
        metrics.log_reads.labels("catch_up").inc()
        board = watch.board
        page = await self._log.after(board.board_id, watch.seq, PAGE_CHANGES)
        if watch.phase is Phase.OVER:
            return
        watch.reading = None
        if page is None:
            self._hub.end(watch, "not_found")
        elif page.head.epoch != board.epoch:
            self._hub.end(watch, "epoch")
        elif watch.seq < page.head.floor:
            self._hub.end(watch, "trimmed")
        elif not page.changes:
            self._hub.end(watch, "ahead")
        else:
            # The log may know of more than this node has heard; then all its sessions get it now.
            self._hub.accept(board, page.changes)
            for chunk in _chunks(page.changes, self._frame_bytes(watch)):
                if watch.phase is not Phase.BEHIND or watch.session.link.is_clogged:
                    break
                self._hand_to(watch, chunk)
            self.advance(watch)

    def _is_far_behind(self, watch: Watch) -> bool:
        return watch.board.seq - watch.seq > self._fold_from

    def _frame_bytes(self, watch: Watch) -> int:
        return FOLD_BYTES if self._is_far_behind(watch) else CHUNK_BYTES

    def _hand_to(self, watch: Watch, changes: Sequence[LoggedChange]) -> None:
        self._hub.hand_to(watch, changes, folded=self._is_far_behind(watch))
        # So that a slow reader shows before more is written.
        watch.session.link.flush()


def _chunks(changes: Sequence[LoggedChange], limit_bytes: int) -> Iterator[list[LoggedChange]]:
    chunk: list[LoggedChange] = []
    size = 0
    for change in changes:
        chunk.append(change)
        size += len(change.body)
        if size >= limit_bytes:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
