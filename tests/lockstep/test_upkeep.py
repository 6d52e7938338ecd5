"""One node at a time removes what is kept no longer, every now and then."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from lockstep import upkeep
from lockstep.upkeep import LOCK_ID, Upkeep, trim

YEAR = timedelta(days=365)
OLD_OUTCOME = text(
    "INSERT INTO done_commands VALUES "
    "(gen_random_uuid(), '01000000-0000-7000-8000-000000000000', 'f', gen_random_uuid(), 1, '2020-01-01')"
)


async def test_every_kind_is_trimmed_and_told(engine: AsyncEngine, database_url: str) -> None:
    async with engine.begin() as connection:
        await connection.execute(OLD_OUTCOME)
    assert await trim(engine, YEAR) == {"changes": 0, "outcomes": 1, "sessions": 0, "audit": 0}


async def test_only_one_node_is_at_it(engine: AsyncEngine, database_url: str) -> None:
    async with engine.connect() as other:
        await other.execute(text("SELECT pg_advisory_lock(:id)"), {"id": LOCK_ID})
        assert await trim(engine, YEAR) is None
        await other.execute(text("SELECT pg_advisory_unlock(:id)"), {"id": LOCK_ID})
    assert await trim(engine, YEAR) is not None


async def test_a_node_trims_by_itself_and_goes_on_after_a_failure(
    engine: AsyncEngine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = 0
    is_done = asyncio.Event()

    async def fails_at_first(_: AsyncEngine) -> int:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise ConnectionError
        is_done.set()
        return 0

    monkeypatch.setattr(upkeep, "trim_audit", fails_at_first)
    monkeypatch.setattr(upkeep, "FIRST_SECONDS", 0.01)
    monkeypatch.setattr(upkeep, "PERIOD_SECONDS", 0.01)
    node = Upkeep(engine, YEAR)
    node.start()
    async with asyncio.timeout(20):
        await is_done.wait()
    await node.stop()
