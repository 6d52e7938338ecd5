"""Hydration: what it takes to hand a whole board to somebody who opens it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from typing import Final

import asyncpg

from loadtests.figures import Figure, percentile
from loadtests.measurements.crowd import ask_all_at_once
from loadtests.ports import HOST
from loadtests.stage import Person, Stage, StagedBoard, staged
from loadtests.system import System

TASKS: Final = 2_000
GOALS: Final = 200
TRIES: Final = 20
UNCHANGED_TRIES: Final = 200
ASKERS: Final = 10_000
LARGEST_ON_THE_WIRE: Final = 80.0
STATISTICS_SECONDS: Final = 11
"""After ten seconds of rest a PostgreSQL backend tells what it has counted."""

ENCODINGS: Final = ("gzip", "br", "zstd")


async def measure(system: System, askers: int = ASKERS) -> tuple[Figure, ...]:
    """A board with 2,000 tasks, 200 goals and as many check-ins: asked for by one, and by `askers` at once."""
    async with staged(system) as stage:
        (person,) = await stage.people(1)
        headers = {"Authorization": f"Bearer {stage.token(person)}"}
        boards = [await _furnished(stage, person) for _ in range(TRIES)]
        first = [_for_a_browser(system, board, headers) for board in boards]
        board, path = boards[0], _path(boards[0])
        changed = [await _after_a_change(stage, system, board, headers) for _ in range(TRIES)]
        unchanged = _unchanged(system, path, headers)
        sizes = [_size_on_the_wire(system, path, headers, encoding) for encoding in ENCODINGS]
        crowd = await _crowd(stage, system, board, path, headers, askers=askers) if askers else ()
    return (
        Figure("first on this node, median", percentile(first, 0.5), "ms", at_most=25),
        Figure("first on this node, p95", percentile(first, 0.95), "ms"),
        Figure("after a change, median", percentile(changed, 0.5), "ms", at_most=25),
        Figure("after a change, p95", percentile(changed, 0.95), "ms"),
        Figure("unchanged (304), median", percentile(unchanged, 0.5), "ms", at_most=3),
        *sizes,
        *crowd,
    )


async def _furnished(stage: Stage, person: Person) -> StagedBoard:
    board = await stage.board([person], TASKS)
    await stage.goals(board, GOALS)
    return board


def _path(board: StagedBoard) -> str:
    return f"/api/boards/{board.board_id}/snapshot"


async def _crowd(
    stage: Stage, system: System, board: StagedBoard, path: str, headers: dict[str, str], *, askers: int
) -> tuple[Figure, ...]:
    await stage.change(board, 1)
    before = await _reads_of_tasks(system)
    crowd = await ask_all_at_once(HOST, system.ports[0], path, {**headers, "Accept-Encoding": "gzip"}, askers)
    reads = await _reads_of_tasks(system) - before
    return (
        Figure(f"{askers:,} at once: queries for the board's tasks", reads, "", at_most=1),
        Figure(f"{askers:,} at once: answered", crowd.answered, "", at_least=askers),
        Figure(f"{askers:,} at once: until all have it", crowd.seconds, "s"),
        Figure(f"{askers:,} at once: answered 503, and asked again", crowd.told_to_ask_again, "times"),
    )


async def _after_a_change(stage: Stage, system: System, board: StagedBoard, headers: dict[str, str]) -> float:
    """Milliseconds for a snapshot that nobody has asked for since the last change."""
    await stage.change(board, 1)
    return _for_a_browser(system, board, headers)


def _for_a_browser(system: System, board: StagedBoard, headers: dict[str, str]) -> float:
    """Milliseconds until one who asks for the board has it."""
    return _timed(system, _path(board), {**headers, "Accept-Encoding": "gzip"})[0]


def _unchanged(system: System, path: str, headers: dict[str, str]) -> Sequence[float]:
    connection = HTTPConnection(HOST, system.ports[0])
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        known = {**headers, "If-None-Match": answer.headers["ETag"]}
        durations = []
        for _ in range(UNCHANGED_TRIES):
            began = time.perf_counter()
            connection.request("GET", path, headers=known)
            answer = connection.getresponse()
            answer.read()
            durations.append((time.perf_counter() - began) * 1_000)
            if answer.status != 304:
                raise RuntimeError(f"an unchanged board was answered {answer.status}")
        return durations
    finally:
        connection.close()


def _size_on_the_wire(system: System, path: str, headers: dict[str, str], encoding: str) -> Figure:
    _, size, spoken = _timed(system, path, {**headers, "Accept-Encoding": encoding})
    if spoken != encoding:
        return Figure(f"on the wire, {encoding}: not spoken, plain", size / 1_000, "KB")
    return Figure(f"on the wire, {encoding}", size / 1_000, "KB", at_most=LARGEST_ON_THE_WIRE)


def _timed(system: System, path: str, headers: dict[str, str]) -> tuple[float, int, str]:
    connection = HTTPConnection(HOST, system.ports[0])
    try:
        connection.connect()
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        size = len(answer.read())
        return (time.perf_counter() - began) * 1_000, size, answer.headers.get("Content-Encoding", "plain")
    finally:
        connection.close()


async def _reads_of_tasks(system: System) -> int:
    """How often the table of tasks was read so far."""
    await asyncio.sleep(STATISTICS_SECONDS)
    connection = await asyncpg.connect(system.settings.database_url.replace("+asyncpg", ""))
    try:
        return int(
            await connection.fetchval(
                "SELECT seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relname = 'task'"
            )
        )
    finally:
        await connection.close()
