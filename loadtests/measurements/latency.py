"""Latency: from the moment a command is sent to the moment its change is on another socket."""

from __future__ import annotations

from typing import Final

from loadtests.figures import Figure
from loadtests.stage import Stage, edit, staged, watch
from loadtests.system import System
from loadtests.tool import Report, drive

LIVE: Final = '"type":"watching"'

SOCKETS: Final = 1_000
BOARDS: Final = 100
COMMANDS_PER_SECOND: Final = 200

LARGE_SOCKETS: Final = 10_000
LARGE_PEOPLE: Final = 20
LARGE_COMMANDS_PER_SECOND: Final = 10
LARGE_SENDERS: Final = 100


async def measure(system: System, seconds: float) -> tuple[Figure, ...]:
    """1,000 sockets on 100 boards, all of them sending in turn, 200 commands a second."""
    async with staged(system) as stage:
        report = await _drive_boards(stage, system, seconds)
    return (
        Figure("sent to seen, p50", report.heard.p50_ms, "ms", at_most=4),
        Figure("sent to seen, p99", report.heard.p99_ms, "ms", at_most=20),
        Figure("sent to seen, longest", report.heard.max_ms, "ms"),
        Figure("changes missing", report.missing, "", at_most=0),
    )


async def measure_large(system: System, seconds: float) -> tuple[Figure, ...]:
    """10,000 sockets of one node on one board, ten commands a second."""
    async with staged(system) as stage:
        board = await stage.board(await stage.people(LARGE_PEOPLE))
        report = drive(
            system.addresses[:1],
            LARGE_SOCKETS,
            opening=[[stage.hello(person), watch(board.board_id)] for person in board.members],
            live=LIVE,
            messages=[edit(board)],
            pids=system.node_pids[:1],
            senders=LARGE_SENDERS,
            rate=LARGE_COMMANDS_PER_SECOND,
            seconds=seconds,
            per_address=100,
        )
    return (
        Figure("sent to seen by the last, p50", report.last.p50_ms, "ms"),
        Figure("sent to seen by the last, p99", report.last.p99_ms, "ms", at_most=150),
        Figure("sockets that came live", report.live, "", at_least=LARGE_SOCKETS),
        Figure("changes missing", report.missing, "", at_most=0),
    )


async def _drive_boards(stage: Stage, system: System, seconds: float) -> Report:
    people = await stage.people(BOARDS)
    boards = [await stage.board([person]) for person in people]
    return drive(
        system.addresses[:1],
        SOCKETS,
        opening=[[stage.hello(board.members[0]), watch(board.board_id)] for board in boards],
        live=LIVE,
        messages=[edit(board) for board in boards],
        pids=system.node_pids[:1],
        senders=SOCKETS,
        receivers=SOCKETS // BOARDS,
        rate=COMMANDS_PER_SECOND,
        seconds=seconds,
    )
