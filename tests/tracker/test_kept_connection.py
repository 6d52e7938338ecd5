"""The door's own connection, and the plans that PostgreSQL makes on it."""

import re
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.tracker.world import Furnished
from tracker import storage, transaction
from tracker.kept_connection import KeptConnection
from tracker.one_statement import Part, _reading, _writing
from tracker.records import RECORD_TYPES


async def _plans(connection: asyncpg.Connection, statements: list[str]) -> list[str]:
    await connection.execute("ANALYZE")
    return [await _plan(connection, statement) for statement in statements]


async def _plan(connection: asyncpg.Connection, statement: str) -> str:
    parameters = max(int(number) for number in re.findall(r"\$(\d+)", statement))
    await connection.execute(f"PREPARE asked AS {statement}")
    rows = await connection.fetch(f"EXPLAIN EXECUTE asked({', '.join(['NULL'] * parameters)})")
    await connection.execute("DEALLOCATE asked")
    return "\n".join(row[0] for row in rows)


@pytest.fixture
def statements() -> list[str]:
    """What the door asks and writes, of every table that has records."""
    reading = [transaction.READ_HEADS, transaction.READ_DONE, *storage.SELECT_SOME.values()]
    removal = storage.saving({uuid4(): {(name, uuid4().int): None for name in RECORD_TYPES}})
    condition, count = Part(transaction.HEADS_UNMOVED, ()), Part("SELECT $1::bigint", ())
    writing = [
        condition.sql,
        count.sql,
        *(part.sql for part in removal),
        *storage.UPSERT.values(),
        transaction.WRITE_LOG,
        transaction.WRITE_DONE,
        transaction.RAISE_HEADS,
    ]
    return [_reading(tuple(reading)), _writing(tuple(writing))]


async def test_the_door_goes_by_keys_however_small_the_tables_are(
    engine: AsyncEngine, furnished: Furnished, statements: list[str]
) -> None:
    kept = KeptConnection(engine)
    try:
        plans = await kept.use(lambda connection: _plans(connection, statements))
        for plan in plans:
            assert "Index" in plan
            assert "Seq Scan" not in plan, plan
            assert "Hash" not in plan, plan
    finally:
        await kept.close()
