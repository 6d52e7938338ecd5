"""One fault, struck again and again while people work, and the figures of it."""

import asyncio
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from realtime.drain import STEP_SECONDS
from tests.faults.fault import Fault
from tests.faults.history import History
from tests.faults.installation import Installation
from tests.faults.load import Load, Size, load_on

CALM_SECONDS: Final = 1.0
"""Work before, between and after the strikes."""

EQUAL_WITHIN: Final = 10.0
SPREAD_LEAST: Final = 0.8
"""Of the seconds that a node has for letting its sockets go, the share that it must use."""


@dataclass(frozen=True)
class Figures:
    """What came of a run; everything but counts in seconds. `late` are the limits of the fault that did not hold."""

    fault: Fault
    strikes: int
    commands: int
    deliveries: int
    seen_p50: float
    seen_p99: float
    seen_max: float
    answered_max: float
    sent_again: int
    away_p99: float
    away_max: float
    sockets_lost: int
    recovered_max: float
    equal_after: float
    resyncs: int
    broken: list[str]
    late: list[str]
    notes: list[str]


async def strike(fault: Fault, running: Installation, size: Size, strikes: int, seconds: float = math.inf) -> Figures:
    """People come to a running installation, it is struck so often but not for longer, and in the end they compare."""
    async with load_on(running, size) as load:
        striking = asyncio.create_task(_strike_often(fault, load, strikes, seconds))
        calling = asyncio.create_task(load.call_until(striking.done))
        while not striking.done():
            await load.work(CALM_SECONDS)
        struck = await striking
        await calling
        equal_after = await load.settle()
        return _figures(fault, struck, load.history, equal_after, await load.verdict())


async def _strike_often(fault: Fault, load: Load, strikes: int, seconds: float) -> int:
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + seconds
    struck = 0
    while struck < strikes and loop.time() < ends_at:
        struck += 1
        await asyncio.sleep(CALM_SECONDS)
        await fault.strike(load)
        load.history.recovery_seconds.append(await load.until_work_goes_on())
    await fault.heal(load)
    await asyncio.sleep(CALM_SECONDS)
    return struck


def _figures(fault: Fault, strikes: int, history: History, equal_after: float, broken: list[str]) -> Figures:
    seen, away = history.delays, sorted(history.away_seconds)
    return Figures(
        fault=fault,
        strikes=strikes,
        commands=len(history.sent),
        deliveries=len(seen),
        seen_p50=_share(seen, 0.5),
        seen_p99=_share(seen, 0.99),
        seen_max=_share(seen, 1),
        answered_max=max(history.answer_seconds, default=0.0),
        sent_again=history.sent_again,
        away_p99=_share(away, 0.99),
        away_max=_share(away, 1),
        sockets_lost=history.sockets_lost,
        recovered_max=max(history.recovery_seconds, default=0.0),
        equal_after=equal_after,
        resyncs=history.resyncs,
        broken=broken,
        late=list(limits_missed(fault, history, equal_after)),
        notes=history.notes,
    )


def limits_missed(fault: Fault, history: History, equal_after: float) -> Iterator[str]:
    """Each limit of the fault that did not hold, one sentence each."""
    limits = (
        ("a change was seen", _share(history.delays, 1), fault.seen_within),
        ("of 100 absences one ended", _share(sorted(history.away_seconds), 0.99), fault.away_within),
        ("an answer came", max(history.answer_seconds, default=0.0), fault.answered_within),
        ("work went on", max(history.recovery_seconds, default=0.0), fault.recovered_within),
        ("all were equal", equal_after, EQUAL_WITHIN),
    )
    for what, seconds, limit in limits:
        if seconds > limit:
            yield f"Late: {what} after {seconds:.1f} s, not {limit:.1f} s"
    if fault.keeps_sockets and history.sockets_lost:
        yield f"{history.sockets_lost} sockets were lost, though nobody had a reason to end them"
    for spread in history.spreads:
        # A few are let go faster: nobody is stormed by twenty a second.
        if spread.seconds < SPREAD_LEAST * min(fault.drain_seconds, STEP_SECONDS * (spread.sockets - 1)):
            yield f"A node let {spread.sockets} sockets go within {spread.seconds:.1f} s"


def _share(rising: Sequence[float], share: float) -> float:
    return rising[min(len(rising) - 1, int(len(rising) * share))] if rising else 0.0
