"""Taking what devices say of how far they have each board, and keeping it a few seconds later, all in one statement.

It never stands in the way of anything: what does not fit or cannot be written for long is dropped, and the device
says the next position all the same.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from realtime.cancel import cancel
from realtime.messages import ConfirmedPosition
from tracker.device_positions import DevicePosition, keep_positions
from tracker.identity import Identity

KEEP_EVERY_SECONDS: Final = 5.0
WAITING_LIMIT: Final = 20_000
"""Positions that a node holds at most: some 5 MiB. Two thousand sockets with ten boards each."""
BATCH: Final = 2_000

log = structlog.get_logger()


class Receipts:
    """What devices have confirmed since it was last written down."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._clock = clock
        self._waiting: dict[tuple[UUID, UUID], DevicePosition] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write down."""
        self._task = asyncio.create_task(self._work(), name="receipts")

    async def stop(self) -> None:
        """Write down what is left, as far as PostgreSQL can be reached, and end."""
        if self._task is not None:
            await cancel(self._task)
            self._task = None
            await self.keep()

    def take(self, identity: Identity, positions: Iterable[ConfirmedPosition]) -> None:
        """A device has stored boards up to these seqs."""
        at = datetime.fromtimestamp(self._clock(), UTC)
        for position in positions:
            key = (identity.session_id, position.board_id)
            if key in self._waiting or len(self._waiting) < WAITING_LIMIT:
                self._waiting[key] = DevicePosition(
                    identity.session_id, identity.account_id, position.board_id, position.epoch, position.seq, at
                )

    async def keep(self) -> None:
        """Write down what waits. What could not be written waits on, unless something newer came."""
        taken, self._waiting = self._waiting, {}
        try:
            while taken:
                batch = list(islice(taken, BATCH))
                async with self._engine.begin() as connection:
                    await keep_positions(connection, [taken[key] for key in batch])
                for key in batch:
                    del taken[key]
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            log.warning("receipts_not_kept", reason=type(error).__name__)
            self._waiting = taken | self._waiting

    async def _work(self) -> None:
        while True:
            await asyncio.sleep(KEEP_EVERY_SECONDS)
            if self._waiting:
                await self.keep()
