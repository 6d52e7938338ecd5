"""Beginning and ending to serve a board: listen first, then read where it stands."""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol
from uuid import UUID

from realtime.board import ServedBoard
from realtime.cancel import cancel
from realtime.hub import Hub
from realtime.log_reader import Log
from tracker.announcements import board_channel

QUIET_SECONDS: Final = 30.0
"""How long a board is served after its last watcher left: a reload of the page should find it warm."""


class Ear(Protocol):
    """What listens for announcements."""

    async def subscribe(self, channel: str) -> None:
        """Listen to this channel too."""

    def unsubscribe(self, channel: str) -> None:
        """Stop listening to it."""


class ServedBoards:
    """Opens each board once, however many ask for it together; closes those that nobody watches any more."""

    def __init__(self, hub: Hub, log: Log, ear: Ear, now: Callable[[], float]) -> None:
        self._hub = hub
        self._log = log
        self._ear = ear
        self._now = now
        self._opening: dict[UUID, asyncio.Task[ServedBoard | None]] = {}

    async def open(self, board_id: UUID) -> ServedBoard | None:
        """The board, served from now on; None when there is no such board."""
        board = self._hub.boards.get(board_id)
        if board is not None:
            return board
        task = self._opening.get(board_id)
        if task is None:
            task = self._opening[board_id] = asyncio.create_task(self._open(board_id), name="open board")
            task.add_done_callback(lambda _: self._opening.pop(board_id, None))
        # Whoever asked may lose interest, the others have not.
        return await asyncio.shield(task)

    def close_quiet(self) -> None:
        """Stop serving boards that nobody has watched for a while."""
        now = self._now()
        for board in list(self._hub.boards.values()):
            if board.is_watched:
                board.quiet_since = now
            elif now - board.quiet_since >= QUIET_SECONDS:
                self._hub.forget(board.board_id)
                self._ear.unsubscribe(board_channel(board.board_id))

    async def stop(self) -> None:
        """Give up what is being opened."""
        await cancel(*self._opening.values())

    async def _open(self, board_id: UUID) -> ServedBoard | None:
        self._hub.expect(board_id)
        try:
            await self._ear.subscribe(board_channel(board_id))
            page = await self._log.newest(board_id)
        except asyncio.CancelledError:
            self._hub.forget(board_id)
            raise
        if page is None:
            self._hub.forget(board_id)
            self._ear.unsubscribe(board_channel(board_id))
            return None
        return self._hub.opened(board_id, page.head, page.changes, self._now())
