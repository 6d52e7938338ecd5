"""One fault, struck again and again while people work, and the figures of it."""

import asyncio
from dataclasses import dataclass
from typing import Final

from tests.faults.faults import Fault
from tests.faults.history import History
from tests.faults.installation import Installation
from tests.faults.load import Load, Size, load_on

CALM_SECONDS: Final = 1.0
"""Work before, between and after the strikes."""


@dataclass(frozen=True)
class Figures:
    """What came of a run; delays and absences in seconds."""

    fault: Fault
    strikes: int
    commands: int
    deliveries: int
    seen_p50: float
    seen_p99: float
    seen_max: float
    away_max: float
    equal_after: float
    resyncs: int
    broken: list[str]


async def strike(fault: Fault, running: Installation, size: Size, strikes: int) -> Figures:
    """People come to a running installation, it is struck, and in the end they compare."""
    async with load_on(running, size) as load:
        striking = asyncio.create_task(_strike_often(fault, load, strikes))
        while not striking.done():
            await load.work(CALM_SECONDS)
        await striking
        equal_after = await load.settle()
        return _figures(fault, strikes, load.history, equal_after, await load.verdict())


async def _strike_often(fault: Fault, load: Load, strikes: int) -> None:
    for _ in range(strikes):
        await asyncio.sleep(CALM_SECONDS)
        await fault.strike(load)
    await asyncio.sleep(CALM_SECONDS)


def _figures(fault: Fault, strikes: int, history: History, equal_after: float, broken: list[str]) -> Figures:
    delays = history.delays
    return Figures(
        fault=fault,
        strikes=strikes,
        commands=len(history.sent),
        deliveries=len(delays),
        seen_p50=delays[len(delays) // 2],
        seen_p99=delays[int(len(delays) * 0.99)],
        seen_max=delays[-1],
        away_max=max(history.away_seconds, default=0.0),
        equal_after=equal_after,
        resyncs=history.resyncs,
        broken=broken,
    )
