"""The door's own connection to PostgreSQL, kept from one transaction to the next.

Fetching it from a pool each time cost a node a tenth of what a lone command costs.
"""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tracker.database import driver_of

T = TypeVar("T")

BY_KEYS: Final = """
SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
"""
"""The door goes by keys that come in arrays, so one plan of a statement serves all of them. Left to itself PostgreSQL
plans a joined statement anew each time, which takes longer than carrying it out. Made to plan once, it takes each array
for ten keys and reads whole small tables into hash tables to look them up there: half of its time for a lone command,
and ever more of it while such a table grows and its statistics are old."""


class KeptConnection:
    """One connection out of `engine`, replaced when it is lost or leads to a server that cannot be written to.

    `on_new` is called before another one is lent than the last time.
    """

    def __init__(self, engine: AsyncEngine, on_new: Callable[[], None] = lambda: None) -> None:
        self._engine = engine
        self._on_new = on_new
        self._pooled: AsyncConnection | None = None
        self._driver: asyncpg.Connection | None = None

    async def use(self, work: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
        """Let one at a time work with the connection. Raises what connecting raises, and what the work raises."""
        driver = await self._open()
        try:
            return await work(driver)
        except (TimeoutError, asyncpg.ReadOnlySQLTransactionError):
            # Nobody is there, or a standby that will not write today: the next user shall meet another.
            driver.terminate()
            raise

    async def close(self) -> None:
        """Give the connection back."""
        pooled, self._pooled, self._driver = self._pooled, None, None
        if pooled is not None:
            await pooled.close()

    async def _open(self) -> asyncpg.Connection:
        if self._driver is None or self._driver.is_closed():
            await self.close()
            self._pooled = await self._engine.connect()
            driver = await driver_of(self._pooled)
            await driver.execute(BY_KEYS)
            self._on_new()
            self._driver = driver
        return self._driver
