"""Comparing what this node has handed on with what PostgreSQL says, every 1.5 seconds, in one query for all boards.

Announcements may be lost without a trace, all of them with Redis down. This is what makes that harmless: whatever is
committed is noticed within one period. It is also the only place that may find that a log has begun a new life.
"""

import asyncio
import contextlib
import math
from collections.abc import Mapping
from typing import Final
from uuid import UUID

import structlog

from realtime.board import ServedBoard
from realtime.cancel import cancel
from realtime.hub import Hub
from realtime.log_reader import Log
from tracker.change_log import Head

PERIOD_SECONDS: Final = 1.5
"""Whatever is committed is at every session within 2 s, announced or not: this leaves half a second for the queries."""

DEAF_PERIOD_SECONDS: Final = 0.5
"""While announcements cannot be heard, the check is how changes arrive at all."""


SHORTEST_PAUSE_SECONDS: Final = 0.05
"""However often somebody asks to hurry."""

BLIND_SECONDS: Final = 10.0
"""Without an answer for so long, this node knows nothing of what PostgreSQL holds. Longer than a statement may take."""

log = structlog.get_logger()


class HeadCheck:
    """Keeps the hub's positions true."""

    def __init__(self, hub: Hub, log: Log, period_seconds: float = PERIOD_SECONDS) -> None:
        self._hub = hub
        self._log = log
        self._period_seconds = period_seconds
        self._is_deaf = False
        self._looked_at = math.inf
        self._wake = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_blind(self) -> bool:
        """Whether PostgreSQL has not been heard for long."""
        return asyncio.get_running_loop().time() - self._looked_at > BLIND_SECONDS

    def start(self) -> None:
        """Begin to check."""
        self._looked_at = asyncio.get_running_loop().time()
        self._task = asyncio.create_task(self._work(), name="head check")

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            await cancel(self._task)
            self._task = None

    def hurry(self) -> None:
        """Check soon: something is strange."""
        self._wake.set()

    def hearing(self, *, is_deaf: bool) -> None:
        """Tells whether announcements can be heard. Checks are frequent while not, and one follows at once."""
        self._is_deaf = is_deaf
        self._wake.set()

    async def check(self) -> None:
        """Compare all boards now. Later reads are never overtaken by earlier ones."""
        async with self._one_at_a_time:
            boards = dict(self._hub.boards)
            if boards:
                await self._compare_all(boards)
            self._looked_at = asyncio.get_running_loop().time()

    async def _compare_all(self, boards: Mapping[UUID, ServedBoard]) -> None:
        known = {board_id: (board.epoch, board.accepted_seq) for board_id, board in boards.items()}
        for board_id, moved in (await self._log.moved(known)).items():
            head, board, (_, seq) = moved, boards[board_id], known[board_id]
            if head is not None and head.epoch == board.epoch and head.seq < seq:
                log.error("log_went_back", board_id=str(board_id), seq=seq, head=head.seq)
                head = await self._log.begin_anew_if_shorter(board_id, head.epoch, seq)
            if self._hub.boards.get(board_id) is board:
                self._compare(board, seq, head)

    def _compare(self, board: ServedBoard, seq_before: int, head: Head | None) -> None:
        if head is None:
            self._hub.start_over(board, None, "not_found")
        elif head.epoch != board.epoch:
            self._hub.start_over(board, head, "epoch")
        elif head.seq < seq_before:
            self._hub.start_over(board, head, "ahead")
        elif head.floor > board.accepted_seq:
            self._hub.start_over(board, head, "trimmed")
        else:
            self._hub.heard_seq(board, head.epoch, head.seq)

    async def _work(self) -> None:
        while True:
            period = DEAF_PERIOD_SECONDS if self._is_deaf else self._period_seconds
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(period):
                    await self._wake.wait()
            self._wake.clear()
            try:
                await self.check()
            except Exception:  # this is what makes every other loss harmless: it must never end
                log.exception("head_check_broke")
            await asyncio.sleep(SHORTEST_PAUSE_SECONDS)
