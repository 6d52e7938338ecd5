"""A transaction that holds the heads of its boards from its first moment to its commit."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

import asyncpg

ROLLBACK_SECONDS: Final = 1.0


@asynccontextmanager
async def heads_locked(connection: asyncpg.Connection, board_ids: Iterable[UUID]) -> AsyncIterator[None]:
    """A transaction on whose boards nobody else can write. Commits, or rolls back when its body raises.

    Locks are taken in the order of the ids, so that two nodes never wait for each other. What the body reads, it
    reads behind the locks: at READ COMMITTED every statement sees what was committed before it.
    """
    # Ids stand in the text because a message with parameters holds one statement only, and BEGIN shall ride along.
    ids = ", ".join(f"'{board_id}'" for board_id in board_ids)
    locking = f"SELECT FROM board_heads WHERE board_id IN ({ids}) ORDER BY board_id FOR UPDATE"
    try:
        await connection.execute(f"BEGIN; {locking}")
        yield
        await connection.execute("COMMIT")
    except BaseException:
        await _roll_back(connection)
        raise


async def _roll_back(connection: asyncpg.Connection) -> None:
    """Roll back; if that is not possible at once, end the connection, and PostgreSQL rolls back by itself."""
    if connection.is_closed() or not connection.is_in_transaction():
        return
    try:
        await connection.execute("ROLLBACK", timeout=ROLLBACK_SECONDS)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        connection.terminate()
