"""Reading from the log what no announcement brought."""

import asyncio
from typing import Final

from realtime import metrics
from realtime.board import ServedBoard
from realtime.cancel import cancel
from realtime.hub import Hub
from realtime.log_reader import Log

GRACE_SECONDS: Final = 0.03
"""How long a missing change may be on its way. Announcements of two nodes pass each other by a few milliseconds, and a
node has its own changes before those of others."""

PAGE_CHANGES: Final = 500


class Repair:
    """Fills holes: at most one query in flight per board, whatever happens meanwhile."""

    def __init__(self, log: Log, grace_seconds: float = GRACE_SECONDS) -> None:
        self._log = log
        self._grace_seconds = grace_seconds
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, hub: Hub, board: ServedBoard) -> None:
        """See to it that the hole in this board is filled; what is under way is not begun again."""
        if board.is_repairing:
            return
        board.is_repairing = True
        task = asyncio.get_running_loop().create_task(self._fill(hub, board))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Give up what is under way."""
        await cancel(*self._tasks)

    async def _fill(self, hub: Hub, board: ServedBoard) -> None:
        try:
            while board.has_hole:
                target = board.known_seq
                await asyncio.sleep(self._grace_seconds)
                while board.accepted_seq < min(target, board.known_seq):
                    if not await self._read(hub, board):
                        hub.on_stranger(board.board_id)
                        return
        finally:
            board.is_repairing = False

    async def _read(self, hub: Hub, board: ServedBoard) -> bool:
        """Take in the next page of the log. False when the log is not the one that this board was served from."""
        metrics.log_reads.labels("repair").inc()
        before = board.accepted_seq
        page = await self._log.after(board.board_id, before, PAGE_CHANGES)
        if page is None or page.head.epoch != board.epoch or page.head.floor > before:
            return False
        metrics.repaired_changes.inc(hub.accept(board, page.changes))
        hub.flush_board(board)
        if board.accepted_seq == before:
            # What was announced is not in the log: nothing of it may be handed on.
            board.known_seq = before
            board.early.clear()
        return True
