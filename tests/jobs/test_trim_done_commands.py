"""Outcomes are forgotten only when no device may send their commands any more."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from jobs import trim_done_commands as trimming
from jobs.trim_done_commands import trim_done_commands
from tests.tracker.test_retention import id_made_at
from tracker.retention import OUTCOMES_KEPT
from tracker.schema import done_commands

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LONG_AGO = NOW - OUTCOMES_KEPT - timedelta(hours=1)


async def remember(engine: AsyncEngine, command_id: UUID, at: datetime) -> None:
    row = {"account_id": uuid4(), "command_id": command_id, "fingerprint": "f", "board_id": uuid4(), "seq": 1, "at": at}
    async with engine.begin() as connection:
        await connection.execute(insert(done_commands).values(row))


async def known(engine: AsyncEngine) -> set[UUID]:
    async with engine.connect() as connection:
        return set(await connection.scalars(select(done_commands.c.command_id)))


async def test_an_outcome_stays_until_both_its_moments_are_past(engine: AsyncEngine, database_url: str) -> None:
    old = id_made_at(LONG_AGO)
    young = id_made_at(NOW)
    ahead = id_made_at(LONG_AGO + timedelta(days=30))  # from a device whose clock was ahead
    timeless = uuid4()
    await remember(engine, old, LONG_AGO)
    await remember(engine, young, NOW)
    await remember(engine, ahead, LONG_AGO)
    await remember(engine, timeless, LONG_AGO)
    assert await trim_done_commands(engine, NOW) == 1
    assert await known(engine) == {young, ahead, timeless}


async def test_many_go_in_several_transactions(
    engine: AsyncEngine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trimming, "BATCH", 2)
    for n in range(5):
        await remember(engine, id_made_at(LONG_AGO - timedelta(seconds=n)), LONG_AGO)
    assert await trim_done_commands(engine, NOW) == 5
    assert await known(engine) == set()
