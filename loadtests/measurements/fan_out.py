"""Fan-out: 1,000 signed-in sockets watch one board, and one of them gives real commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from loadtests.figures import FanOut
from loadtests.stage import edit, staged, watch
from loadtests.system import System
from loadtests.tool import TOOL_CORE, Report, drive

OURS: Final = "Lockstep"
BEHIND: Final = "sign-in, rights, PostgreSQL with fsync, Redis, an ordered log"

WINDOWS: Final = (1, 8, 32)
"""Messages in the air at once."""

WARM_UP_WINDOW: Final = 8
WARM_UP_SECONDS: Final = 3

SOCKETS: Final = 1_000
PEOPLE: Final = 20

Reports = dict[int, Report]
"""What was seen, by the number of messages in the air."""


async def measure(system: System, seconds: float) -> Reports:
    """Fan-out of one node. Its CPU time counts all it does for a command, not only the writing to sockets."""
    async with staged(system) as stage:
        board = await stage.board(await stage.people(PEOPLE))
        return by_window(
            partial(
                drive,
                system.addresses[:1],
                SOCKETS,
                opening=[[stage.hello(person), watch(board.board_id)] for person in board.members],
                live='"type":"watching"',
                messages=[edit(board)],
                pids=system.node_pids[:1],
                core=TOOL_CORE,
            ),
            seconds,
        )


def by_window(run: Callable[..., Report], seconds: float) -> Reports:
    """What `run` of the load tool reports of a server that was just started, after a time that does not count: what a
    program does for the first time is dearest.
    """
    run(window=WARM_UP_WINDOW, seconds=WARM_UP_SECONDS)
    return {window: run(window=window, seconds=seconds) for window in WINDOWS}


def collected(server: FanOut, reports: Reports) -> FanOut:
    """`server` with the figures of its reports, where anything was delivered in time."""
    delivered = {window: report for window, report in reports.items() if report.deliveries_per_second}
    return replace(
        server,
        deliveries_per_second={window: report.deliveries_per_second for window, report in delivered.items()},
        microseconds_per_delivery={window: report.microseconds_per_delivery for window, report in delivered.items()},
        task_clock_microseconds={
            window: clock
            for window, report in delivered.items()
            if (clock := report.task_clock_microseconds) is not None
        },
        bytes_per_delivery={window: report.bytes_per_delivery for window, report in delivered.items()},
        missing=sum(report.missing + SOCKETS - report.live for report in reports.values()),
    )


def middle(turns: Sequence[FanOut]) -> FanOut:
    """What a server did in the middle one of several turns: for each number of messages in the air, by its CPU time."""
    whole = [turn for turn in turns if turn.left_out is None] or [turns[0]]
    by_window: dict[int, FanOut] = {}
    for window in WINDOWS:
        found = [turn for turn in whole if window in turn.microseconds_per_delivery]
        if found:
            found.sort(key=lambda turn: turn.microseconds_per_delivery[window])
            by_window[window] = found[len(found) // 2]
    return replace(
        whole[0],
        deliveries_per_second={window: turn.deliveries_per_second[window] for window, turn in by_window.items()},
        microseconds_per_delivery={
            window: turn.microseconds_per_delivery[window] for window, turn in by_window.items()
        },
        task_clock_microseconds={
            window: turn.task_clock_microseconds[window]
            for window, turn in by_window.items()
            if window in turn.task_clock_microseconds
        },
        bytes_per_delivery={window: turn.bytes_per_delivery[window] for window, turn in by_window.items()},
        missing=sum(turn.missing for turn in whole),
        others=max(turn.others for turn in whole),
    )
