"""Fan-out: 1,000 signed-in sockets watch one board, and one of them gives real commands."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from loadtests.figures import FanOut
from loadtests.stage import edit, staged, watch
from loadtests.system import System
from loadtests.tool import Report, drive

OURS: Final = "Lockstep"
BEHIND: Final = "sign-in, rights, PostgreSQL with fsync, Redis, an ordered log"

WINDOWS: Final = (1, 8, 32)
"""Messages in the air at once."""

SOCKETS: Final = 1_000
PEOPLE: Final = 20

Reports = dict[int, Report]
"""What was seen, by the number of messages in the air."""


async def measure(system: System, seconds: float) -> Reports:
    """Fan-out of one node. Its CPU time counts all it does for a command, not only the writing to sockets."""
    async with staged(system) as stage:
        board = await stage.board(await stage.people(PEOPLE))
        return {
            window: drive(
                system.addresses[:1],
                SOCKETS,
                opening=[[stage.hello(person), watch(board.board_id)] for person in board.members],
                live='"type":"watching"',
                messages=[edit(board)],
                pids=system.node_pids[:1],
                window=window,
                seconds=seconds,
            )
            for window in WINDOWS
        }


def collected(server: FanOut, reports: Reports) -> FanOut:
    """`server` with the figures of its reports, where anything was delivered in time."""
    delivered = {window: report for window, report in reports.items() if report.deliveries_per_second}
    return replace(
        server,
        deliveries_per_second={window: report.deliveries_per_second for window, report in delivered.items()},
        microseconds_per_delivery={window: report.microseconds_per_delivery for window, report in delivered.items()},
        bytes_per_delivery={window: report.bytes_per_delivery for window, report in delivered.items()},
        missing=sum(report.missing + SOCKETS - report.live for report in reports.values()),
    )
