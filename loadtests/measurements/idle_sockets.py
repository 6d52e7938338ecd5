"""Idle sockets: what thousands of people cost who only look."""

from __future__ import annotations

import resource
from typing import Final

from loadtests.figures import Figure
from loadtests.stage import staged, watch
from loadtests.system import System
from loadtests.tool import drive

SOCKETS: Final = 15_000
PEOPLE: Final = 100
SPARE_FILES: Final = 200
"""What a node has open beside its sockets, with room."""

HEARTBEATS: Final = 4
"""An even number: a node asks with every second one whether somebody is still there."""

HEARTBEAT_SECONDS: Final = 15


async def measure(system: System) -> tuple[Figure, ...]:
    """15,000 sockets of one node, or as many as its files allow, that watch a board while nothing happens."""
    _, files = resource.getrlimit(resource.RLIMIT_NOFILE)
    sockets = min(SOCKETS, files - SPARE_FILES)
    async with staged(system) as stage:
        people = await stage.people(PEOPLE)
        boards = [await stage.board([person]) for person in people]
        report = drive(
            system.addresses[:1],
            sockets,
            opening=[[stage.hello(board.members[0]), watch(board.board_id)] for board in boards],
            live='"type":"watching"',
            pids=system.node_pids[:1],
            per_address=100,
            seconds=HEARTBEATS * HEARTBEAT_SECONDS,
            settle=2,
        )
    resident = (report.resident_after - report.resident_before) / max(report.live, 1)
    return (
        Figure("sockets that came live", report.live, "", at_least=sockets),
        Figure("resident memory of each", resident / 1024, "KiB", at_most=20),
        Figure("CPU with heartbeats", report.cpu_seconds[0] / report.seconds * 100, "% of a core", at_most=3),
        Figure("CPU to let one in", report.connect_cpu_seconds[0] / max(report.live, 1) * 1e6, "us"),
        Figure("sockets lost", report.lost_sockets, "", at_most=0),
    )
