"""`make load`: a journey of many Locust users against a fresh system."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from signal import SIGTERM
from typing import Annotated, Any, Final

import typer

from loadtests.figures import Figure, Result
from loadtests.machine import describe, watched_company
from loadtests.page import publish
from loadtests.record import Record, load
from loadtests.stage import Stage, staged
from loadtests.system import System, clean_up_when_told_to_end, running_system
from lockstep.embedded.leash import leashed

ROOT: Final = Path(__file__).resolve().parent.parent
LOCUST: Final = ROOT / ".make" / "load" / "bin" / "locust"
LOCUSTFILE: Final = ROOT / "loadtests" / "journeys" / "locustfile.py"
JSON_FILE: Final = ROOT / "docs" / "performance.json"
PEOPLE_FILE: Final = "JOURNEY_PEOPLE"

JOURNEYS: Final = {
    "morning-rush": (
        "MorningRush",
        "all open the application in half a minute and do something every six seconds",
    ),
    "quiet-day": ("QuietDay", "all have it open, and do something every forty seconds"),
    "reconnect-storm": (
        "ReconnectStorm",
        "all lose their connection at once, every twenty seconds, and work between",
    ),
}
TEAM: Final = 10
"""People on a board."""

TASKS: Final = 50
ARRIVAL_SECONDS: Final = 30


def main(
    journeys: Annotated[list[str] | None, typer.Argument(help=f"{', '.join(JOURNEYS)}; all if none")] = None,
    *,
    users: int = 1_000,
    seconds: Annotated[int, typer.Option(help="After all have arrived.")] = 60,
    page: Annotated[bool, typer.Option(help="Write the figures into docs/performance.md, too.")] = False,
) -> None:
    """Let people loose on a fresh system of one node, and tell what they saw."""
    clean_up_when_told_to_end()
    machine = describe()
    record = load(JSON_FILE) or Record(machine)
    for name in journeys or JOURNEYS:
        if name not in JOURNEYS:
            raise typer.BadParameter(f"there is no journey {name}")
        with watched_company() as company:
            result = _run(name, users, seconds)
        result = replace(result, commit=machine["commit"], others=company.cores)
        typer.echo(f"\n{result.title}: {result.how}")
        for figure in result.figures:
            typer.echo(f"  {figure.what:<64}{figure.value:>10,.1f} {figure.unit}")
        record = record.with_result(result)
        if page:
            record.save(JSON_FILE)
            publish(record)


def _run(name: str, users: int, seconds: int) -> Result:
    user_class, how = JOURNEYS[name]
    result = Result(
        name,
        f"Journey: {name.replace('-', ' ')}",
        f"{users:,} people, each on the board of a team of {TEAM} and on one of their own: {how}; {seconds} seconds",
        at=time.strftime("%Y-%m-%d %H:%M", time.gmtime()),
    )
    with running_system() as system, tempfile.TemporaryDirectory(prefix="lockstep-load-") as directory:
        people = Path(directory, "people.json")
        people.write_text(json.dumps(asyncio.run(_people(system, users))))
        figures = Path(directory, "figures")
        command = [
            *(str(LOCUST), "--locustfile", str(LOCUSTFILE), "--headless", "--only-summary", "--skip-log"),
            *("--host", f"http://{system.addresses[0]}", "--json-file", str(figures), "--exit-code-on-error", "0"),
            *("--users", str(users), "--spawn-rate", str(users / ARRIVAL_SECONDS)),
            *("--run-time", f"{ARRIVAL_SECONDS + seconds}s", "--stop-timeout", "5", user_class),
        ]
        environment = {**os.environ, PEOPLE_FILE: str(people), "PYTHONPATH": str(ROOT), "GEVENT_RESOLVER": "block"}
        cpu, began = system.node_cpu_seconds(), time.monotonic()
        leash = leashed(command, SIGTERM, os.geteuid(), os.getegid())
        subprocess.run(leash, env=environment, timeout=ARRIVAL_SECONDS + seconds + 60, check=True)
        share = (system.node_cpu_seconds() - cpu) / (time.monotonic() - began)
        found = json.loads(figures.with_suffix(".json").read_text())
    return replace(result, figures=(*figures_of(found), Figure("CPU of the node", share * 100, "% of a core")))


async def _people(system: System, users: int) -> list[dict[str, Any]]:
    async with staged(system) as stage:
        return await _teams(stage, users)


async def _teams(stage: Stage, users: int) -> list[dict[str, Any]]:
    people = await stage.people(users)
    found = []
    for start in range(0, users, TEAM):
        team = people[start : start + TEAM]
        shared = await stage.board(team, TASKS)
        for person in team:
            boards = [shared, await stage.board([person], TASKS)]
            found.append(
                {
                    "token": stage.token(person),
                    "boards": [
                        {"board_id": str(board.board_id), "task_ids": [str(task_id) for task_id in board.task_ids]}
                        for board in boards
                    ],
                }
            )
    return found


def figures_of(found: Sequence[Mapping[str, Any]]) -> tuple[Figure, ...]:
    """The figures of Locust's JSON: how often, the median and p99 of each kind of request, and what failed."""
    figures: list[Figure] = []
    for one in found:
        name, times = one["name"], {float(ms): int(times) for ms, times in one["response_times"].items()}
        if not times:
            continue
        figures += [
            Figure(f"{name}: times", one["num_requests"], ""),
            Figure(f"{name}: median", _percentile(times, 0.5), "ms"),
            Figure(f"{name}: p99", _percentile(times, 0.99), "ms"),
        ]
    return (*figures, Figure("failed", sum(one["num_failures"] for one in found), "", at_most=0))


def _percentile(times: Mapping[float, int], share: float) -> float:
    """Of durations and how often each was seen. Locust rounds them to two digits."""
    left = sum(times.values()) * share
    for duration in sorted(times):
        left -= times[duration]
        if left <= 0:
            return duration
    return max(times)


if __name__ == "__main__":
    typer.run(main)
