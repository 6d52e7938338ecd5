"""All sockets come back at once, because all nodes died at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg

from tests.faults.crowd import Crowd
from tests.faults.fault import Fault
from tests.faults.load import Load

CROWD: Final = 2_000
STEADY_SECONDS: Final = 5
BACK_WITHIN: Final = 60
TRANSACTIONS: Final = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"


async def _kill_all_nodes(load: Load) -> None:
    await _restart_all(load, "on")
    crowd = Crowd(load.devices, CROWD, load.running.chance)
    loop = asyncio.get_running_loop()
    try:
        await load.until(lambda: crowd.all_are_live, BACK_WITHIN)
        async with _transactions_a_second(load) as steady:
            await asyncio.sleep(STEADY_SECONDS)
        crowd.ends.clear()
        began = loop.time()
        async with _transactions_a_second(load) as storm:
            await _restart_all(load, "on")
            ready = loop.time()
            await load.until(lambda: crowd.all_are_live, BACK_WITHIN)
        back = loop.time()
        load.history.notes += [
            f"{CROWD} sockets were back {back - began:.1f} s after the nodes died, {back - ready:.1f} s after they ran",
            f"sent away: {dict(crowd.ends) or 'none'}; snapshots anew: {crowd.resyncs}",
            f"transactions a second: {_mean(steady):.0f} before, {_mean(storm):.0f} in it, {max(storm):.0f} at most",
        ]
    finally:
        await crowd.leave()
        await _restart_all(load, "off")


async def _restart_all(load: Load, rate_limits: str) -> None:
    running = load.running
    places = range(len(running.nodes))
    await asyncio.gather(*(running.kill_node(place) for place in places))
    await asyncio.gather(*(running.start_node(place, RATE_LIMITS=rate_limits) for place in places))


@asynccontextmanager
async def _transactions_a_second(load: Load) -> AsyncIterator[list[float]]:
    """What PostgreSQL did in each second of the block."""
    counts: list[float] = []

    async def count() -> None:
        connection = await asyncpg.connect(load.running.database_url.replace("+asyncpg", ""))
        try:
            before = await connection.fetchval(TRANSACTIONS)
            while True:
                await asyncio.sleep(1)
                now = await connection.fetchval(TRANSACTIONS)
                counts.append(now - before)
                before = now
        finally:
            connection.terminate()

    counting = asyncio.create_task(count())
    try:
        yield counts
    finally:
        counting.cancel()
        await asyncio.gather(counting, return_exceptions=True)


def _mean(counts: list[float]) -> float:
    return sum(counts) / len(counts) if counts else 0.0


STORM: Final = Fault(
    "storm",
    f"all nodes die at once under {CROWD:,} sockets more, which come back as one",
    _kill_all_nodes,
    seen_within=4.0,
    away_within=30.0,
    answered_within=30.0,
    recovered_within=30.0,
)
