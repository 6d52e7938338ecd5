"""The way to PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, cast

import asyncpg
from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

STATEMENT_TIMEOUT_MS: Final = 5_000
"""No statement of a node may take longer: a call is answered within this, or told that it was not."""

COMMAND_TIMEOUT_SECONDS: Final = 6.0
"""How long a node waits for an answer. A little more than PostgreSQL gives itself: then nobody is there any more."""

LOCK_TIMEOUT_MS: Final = 1_000
"""How long to wait for a head that another node holds. Transactions take milliseconds: beyond this it is stuck."""

IDLE_TIMEOUT_MS: Final = 5_000
"""When PostgreSQL ends a transaction that does nothing: a node that stands still must not hold heads for ever."""


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
            "command_timeout": COMMAND_TIMEOUT_SECONDS,
            "server_settings": {
                "timezone": "UTC",
                "application_name": "lockstep",
                "statement_timeout": str(STATEMENT_TIMEOUT_MS),
                "lock_timeout": str(LOCK_TIMEOUT_MS),
                "idle_in_transaction_session_timeout": str(IDLE_TIMEOUT_MS),
                # PostgreSQL notices by this that a node is gone which could not say so, and frees its heads.
                "tcp_user_timeout": str(IDLE_TIMEOUT_MS),
                # Compiling a query takes longer than any of ours.
                "jit": "off",
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
    """The asyncpg connection beneath, where a statement's overhead counts."""
    raw = await connection.get_raw_connection()
    return cast(asyncpg.Connection, raw.driver_connection)


@asynccontextmanager
async def driver_lent(engine: AsyncEngine) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the pool without SQLAlchemy around it, for what is asked all the time: half of the node's work
    for such a question was the way through it. There is no transaction: each statement sees one moment by itself.
    """
    async with engine.connect() as connection:
        driver = await driver_of(connection)
        try:
            yield driver
        except (TimeoutError, asyncio.CancelledError):
            # The next user would wait until PostgreSQL has called off this question.
            driver.terminate()
            raise
