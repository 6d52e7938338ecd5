"""Coming back: 10,000 sockets are cut at one moment, and each has missed a hundred changes."""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg

from loadtests.figures import Figure
from loadtests.stage import StagedBoard, staged, watch
from loadtests.system import System
from loadtests.tool import drive

NODES: Final = 2
SOCKETS: Final = 10_000
BOARDS: Final = 100
MISSED: Final = 100


async def measure(system: System) -> tuple[Figure, ...]:
    """All come back at once, to two nodes, with a position a hundred changes behind on one of a hundred boards.

    Live again is who has the newest change. The database's CPU time is all that it used from the first connection on,
    so it also holds the first arrival of all.
    """
    async with staged(system) as stage:
        people = await stage.people(BOARDS)
        boards = [await stage.board([person]) for person in people]
        await asyncio.gather(*(stage.change(board, MISSED) for board in boards))
        heads = await _heads(system, boards)
        marker = f'"seq":{max(seq for _, seq in heads)},'
        database, redis = system.database_cpu_seconds(), system.redis_cpu_seconds()
        report = drive(
            system.addresses,
            SOCKETS,
            opening=[[stage.hello(board.members[0]), watch(board.board_id)] for board in boards],
            live='"type":"watching"',
            opening_again=[
                [stage.hello(board.members[0]), watch(board.board_id, epoch, seq - MISSED)]
                for board, (epoch, seq) in zip(boards, heads, strict=True)
            ],
            live_again=marker,
            pids=system.node_pids,
            per_address=100,
            seconds=1,
        )
        database_cpu, redis_cpu = system.database_cpu_seconds() - database, system.redis_cpu_seconds() - redis
    return (
        Figure("until all are live again", report.return_seconds, "s", at_most=10),
        Figure("live again, median", report.back.p50_ms / 1_000, "s"),
        Figure("sockets that came back", report.live_again, "", at_least=SOCKETS),
        Figure("turned away or lost, and back a second later", report.failed_again, "times"),
        Figure("both nodes' CPU for each that came back", _each(sum(report.return_cpu_seconds)), "us"),
        Figure("PostgreSQL's CPU for each, to arrive and come back", _each(database_cpu), "us"),
        Figure("Valkey's CPU for each, to arrive and come back", _each(redis_cpu), "us"),
    )


def _each(seconds: float) -> float:
    return seconds / SOCKETS * 1e6


async def _heads(system: System, boards: list[StagedBoard]) -> list[tuple[str, int]]:
    connection = await asyncpg.connect(system.settings.database_url.replace("+asyncpg", ""))
    try:
        rows = await connection.fetch("SELECT board_id, epoch, seq FROM board_heads")
    finally:
        await connection.close()
    heads = {row["board_id"]: (str(row["epoch"]), int(row["seq"])) for row in rows}
    return [heads[board.board_id] for board in boards]
