"""The way to PostgreSQL."""

from typing import Any, Final, cast

import asyncpg
from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

STATEMENT_TIMEOUT_MS: Final = 15_000
"""No statement of a node may take longer; a stuck one must not hold a board's head."""

LOCK_TIMEOUT_MS: Final = 2_000
"""How long to wait for a head that another node holds. Transactions take milliseconds: beyond this it is stuck."""


def create_engine(url: str, pool_size: int = 10) -> AsyncEngine:
    """A pool of connections to the database at `url` (postgresql+asyncpg://...). Connects on first use."""
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
        pool_use_lifo=True,
        connect_args={
            "timeout": 5,
            "server_settings": {
                "timezone": "UTC",
                "application_name": "lockstep",
                "statement_timeout": str(STATEMENT_TIMEOUT_MS),
                "lock_timeout": str(LOCK_TIMEOUT_MS),
            },
        },
    )
    event.listen(engine.sync_engine, "checkout", _throw_away_if_closed)
    return engine


def _throw_away_if_closed(dbapi_connection: Any, _record: object, _proxy: object) -> None:
    # asyncpg learns of a lost server by itself, so this costs no round trip, unlike a ping. One dead connection
    # tells of them all: the pool begins anew.
    if dbapi_connection.driver_connection.is_closed():
        raise InvalidatePoolError


async def driver_of(connection: AsyncConnection) -> asyncpg.Connection:
    """The asyncpg connection beneath, for the write path, where a statement's overhead counts."""
    raw = await connection.get_raw_connection()
    return cast(asyncpg.Connection, raw.driver_connection)
