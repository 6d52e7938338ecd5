"""Runs the migrations.

Nothing of the application is imported here or in a migration: each must mean the same in every later version.
The database is, in this order: the connection or the url that the caller put into the configuration's attributes,
or DATABASE_URL.
"""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

# Nodes that start together migrate one after the other. Any number that nothing else in the database locks.
MIGRATION_LOCK = 7_305_261_114


def database_url() -> str:
    """The address of the database with the driver that this project installs."""
    url: str = context.config.attributes.get("url") or os.environ.get("DATABASE_URL", "")
    if not url:
        raise SystemExit("DATABASE_URL is not set: there is no database to migrate.")
    return make_url(url).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


def migrate(connection: Connection) -> None:
    """Bring the database behind this connection to the revision asked for, in one transaction."""
    context.configure(connection=connection)
    with context.begin_transaction():
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        context.run_migrations()


async def connect_and_migrate() -> None:
    """Migrate over a connection of our own."""
    engine = create_async_engine(database_url(), poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


def print_sql() -> None:
    """Print the statements instead of running them, for operators who apply them by hand."""
    context.configure(dialect_name="postgresql", literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    print_sql()
elif "connection" in context.config.attributes:
    migrate(context.config.attributes["connection"])
else:
    asyncio.run(connect_and_migrate())
