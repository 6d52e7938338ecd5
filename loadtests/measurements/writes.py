"""Writes: how many commands a second are acknowledged, which means committed with fsync, of 100 sockets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from loadtests.figures import Figure
from loadtests.stage import Stage, StagedBoard, edit, staged, watch
from loadtests.system import System
from loadtests.tool import Report, drive

SOCKETS: Final = 100
BOARDS: Final = 50
TASKS: Final = 20
IN_FLIGHT: Final = 16
"""Commands that each socket has unanswered."""

SETTLE_SECONDS: Final = 0.5


async def measure(system: System, seconds: float) -> tuple[Figure, ...]:
    """Acknowledged commands a second, over 50 boards and on one, by sockets that watch them and by some that do not.

    Who watches gets the changes of the others, too: on one board every command is a hundred deliveries.
    """
    async with staged(system) as stage:
        people = await stage.people(BOARDS)
        boards = [await stage.board([person], TASKS) for person in people]
        one = await stage.board(people, TASKS)
        many_seen = await _drive(stage, system, boards, seconds, is_watching=True)
        many = await _drive(stage, system, boards, seconds, is_watching=False)
        one_seen = await _drive(stage, system, [one], seconds, is_watching=True)
        one_unseen = await _drive(stage, system, [one], seconds, is_watching=False)
    reports = (many_seen, many, one_seen, one_unseen)
    return (
        Figure("50 boards, sockets watch their board", _rate(many_seen), "commands/s", at_least=5_000),
        Figure("50 boards, acknowledged only", _rate(many), "commands/s", at_least=5_000),
        Figure("one board, all 100 sockets watch it", _rate(one_seen), "commands/s", at_least=3_000),
        Figure("one board, acknowledged only", _rate(one_unseen), "commands/s", at_least=3_000),
        Figure("one board, watched: acknowledged after, p99", one_seen.answered.p99_ms, "ms"),
        Figure("refused or without an answer", sum(map(_unanswered, reports)), "", at_most=0),
    )


def _rate(report: Report) -> float:
    return report.acknowledged / report.seconds


def _unanswered(report: Report) -> int:
    return report.sent - report.acknowledged_at_last


async def _drive(
    stage: Stage, system: System, boards: Sequence[StagedBoard], seconds: float, *, is_watching: bool
) -> Report:
    opening, messages = [], []
    for number in range(SOCKETS):
        board = boards[number % len(boards)]
        person = board.members[number % len(board.members)]
        opening.append([stage.hello(person), *([watch(board.board_id)] if is_watching else [])])
        messages.append(edit(board, number % TASKS))
    return drive(
        system.addresses[:1],
        SOCKETS,
        opening=opening,
        live='"type":"watching"' if is_watching else '"type":"welcome"',
        messages=messages,
        pids=system.node_pids[:1],
        senders=SOCKETS,
        in_flight=IN_FLIGHT,
        seconds=seconds,
        settle=SETTLE_SECONDS,
    )
