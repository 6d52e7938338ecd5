"""Connections without SQLAlchemy around them."""

import asyncio

from tests.realtime.eventually import eventually
from tracker.database import create_engine, driver_lent


async def test_whoever_gives_up_a_question_leaves_its_connection_to_nobody(database_url: str) -> None:
    engine = create_engine(database_url, pool_size=1)
    asking: list[int] = []

    async def ask_for_long() -> None:
        async with driver_lent(engine) as connection:
            asking.append(await connection.fetchval("SELECT pg_backend_pid()"))
            await connection.fetch("SELECT pg_sleep(60)")

    task = asyncio.create_task(ask_for_long())
    await eventually(lambda: bool(asking))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with driver_lent(engine) as connection:
        assert await connection.fetchval("SELECT pg_backend_pid()") not in asking
    await engine.dispose()


async def test_whoever_was_answered_leaves_its_connection_to_the_next(database_url: str) -> None:
    engine = create_engine(database_url, pool_size=1)
    backends = []
    for _ in range(2):
        async with driver_lent(engine) as connection:
            backends.append(await connection.fetchval("SELECT pg_backend_pid()"))
    assert backends[0] == backends[1]
    await engine.dispose()
