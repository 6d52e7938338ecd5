"""Growth: what one delivery and one command cost when there is ten times more of something."""

from __future__ import annotations

from typing import Final

from loadtests.figures import Curve
from loadtests.stage import Stage, StagedBoard, edit, staged, watch
from loadtests.system import System
from loadtests.tool import Report, drive

LIVE: Final = '"type":"watching"'
SECONDS: Final = 5

SOCKETS: Final = (100, 1_000, 10_000)
BOARDS: Final = (10, 100, 1_000)
LOG_LENGTHS: Final = (1_000, 10_000, 100_000)
MEMBERS: Final = (10, 100, 1_000)

PEOPLE: Final = 20
SENDERS: Final = 100
IN_FLIGHT: Final = 4
COMMANDS_PER_SECOND: Final = 2_000
"""A part of what two cores can do, so that as many come together whatever the number of boards."""


async def measure(system: System) -> tuple[Curve, ...]:
    """CPU time of the node for a delivery, and of the node and the database for a command."""
    async with staged(system) as stage:
        people = await stage.people(PEOPLE)
        return (
            await _over_sockets(stage, system, await stage.board(people)),
            *await _over_boards(stage, system),
            await _over_log_lengths(stage, system),
            await _over_members(stage, system),
        )


async def _over_sockets(stage: Stage, system: System, board: StagedBoard) -> Curve:
    points = []
    for count in SOCKETS:
        report = drive(
            system.addresses[:1],
            count,
            opening=[[stage.hello(person), watch(board.board_id)] for person in board.members],
            live=LIVE,
            messages=[edit(board)],
            pids=system.node_pids[:1],
            window=8,
            seconds=SECONDS,
            per_address=500,
        )
        points.append((float(count), report.microseconds_per_delivery))
    return Curve("sockets on one board: CPU of the node per delivery, 8 in the air", "us", tuple(points))


async def _over_boards(stage: Stage, system: System) -> tuple[Curve, Curve]:
    """As fast as it goes, where commands of few boards share what is done for a board, and at one rate."""
    people = await stage.people(PEOPLE)
    fast, steady = [], []
    for count in BOARDS:
        # A task for each sender, however many boards: of commands that change one record it is written once.
        tasks = max(BOARDS) // count
        boards = [await stage.board([people[number % PEOPLE]], tasks) for number in range(count)]
        fast.append((float(count), _cost_of_a_command(stage, system, boards, senders=max(BOARDS), in_flight=1)))
        steady.append(
            (float(count), _cost_of_a_command(stage, system, boards, senders=max(BOARDS), rate=COMMANDS_PER_SECOND))
        )
    return (
        Curve("boards: CPU of node and database per command, 1,000 sockets", "us", tuple(fast)),
        Curve(f"boards: the same at {COMMANDS_PER_SECOND:,} commands a second", "us", tuple(steady)),
    )


async def _over_log_lengths(stage: Stage, system: System) -> Curve:
    (person,) = await stage.people(1)
    board = await stage.board([person], tasks=SENDERS)
    points, length = [], 0
    for wanted in LOG_LENGTHS:
        await stage.change(board, wanted - length)
        length = wanted
        points.append((float(wanted), _cost_of_a_command(stage, system, [board])))
    return Curve("changes in the board's log: CPU of node and database per command", "us", tuple(points))


async def _over_members(stage: Stage, system: System) -> Curve:
    points = []
    for count in MEMBERS:
        board = await stage.board(await stage.people(count), tasks=SENDERS)
        points.append((float(count), _cost_of_a_command(stage, system, [board])))
    return Curve("members of the board: CPU of node and database per command", "us", tuple(points))


def _cost_of_a_command(
    stage: Stage,
    system: System,
    boards: list[StagedBoard],
    *,
    senders: int = SENDERS,
    in_flight: int = IN_FLIGHT,
    rate: float | None = None,
) -> float:
    """Microseconds of CPU time of the node and of PostgreSQL for one command of `senders`, where nobody watches.

    Each has `in_flight` unanswered at all times, unless there is a `rate`: so many a second of all of them by turns.
    """
    tasks = len(boards[0].task_ids)
    members = [board.members[number % len(board.members)] for number, board in _each_sender(boards, senders)]
    before = system.database_cpu_seconds()
    report: Report = drive(
        system.addresses[:1],
        senders,
        opening=[[stage.hello(person)] for person in members],
        live='"type":"welcome"',
        messages=[edit(board, number // len(boards) % tasks) for number, board in _each_sender(boards, senders)],
        pids=system.node_pids[:1],
        senders=senders,
        seconds=SECONDS,
        **({"in_flight": in_flight} if rate is None else {"rate": rate}),
    )
    spent = report.cpu_seconds[0] + system.database_cpu_seconds() - before
    # What is sent at a rate is not waited for, and the tool does not count its answers.
    return spent / max(report.acknowledged if rate is None else report.sent, 1) * 1e6


def _each_sender(boards: list[StagedBoard], senders: int) -> list[tuple[int, StagedBoard]]:
    return [(number, boards[number % len(boards)]) for number in range(senders)]
