"""The table: every measurement but fan-out, which is also taken of the peers."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Final

from loadtests.figures import Curve, Figure
from loadtests.measurements import browser, coming_back, growth, hydration, idle_sockets, latency, writes
from loadtests.system import System

FAN_OUT: Final = "fan-out"


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: `run` gets a fresh system with `nodes` nodes, and whether it has to be quick."""

    name: str
    title: str
    how: str
    run: Callable[[System, bool], Coroutine[Any, Any, Sequence[Figure | Curve]]]
    nodes: int = 1
    is_quick: bool = False


TABLE: Final = (
    Row(
        "latency",
        "Latency",
        "1,000 sockets on 100 boards, 200 commands a second; from sending a command to its change on another socket",
        lambda system, is_quick: latency.measure(system, 5 if is_quick else 20),
        is_quick=True,
    ),
    Row(
        "latency-large",
        "Latency, large",
        "10,000 sockets of one node on one board, 10 commands a second; until the last socket has the change",
        lambda system, _: latency.measure_large(system, 20),
    ),
    Row(
        "writes",
        "Writes",
        "100 sockets with 16 commands unanswered each; acknowledged means committed with fsync",
        lambda system, is_quick: writes.measure(system, 3 if is_quick else 10),
        is_quick=True,
    ),
    Row(
        "idle",
        "Idle sockets",
        "15,000 sockets of one node that watch a board each, through four heartbeats in which nothing else happens",
        lambda system, _: idle_sockets.measure(system),
    ),
    Row(
        "return",
        "Return",
        "10,000 sockets over 100 boards are cut at one moment and come back to two nodes, each 100 changes behind",
        lambda system, _: coming_back.measure(system),
        nodes=coming_back.NODES,
    ),
    Row(
        "hydration",
        "Hydration",
        "a board with 2,000 tasks, 200 goals and 200 check-ins over HTTP; first: nobody has asked this node for it; "
        "after a change: nobody since",
        lambda system, is_quick: hydration.measure(system, 0 if is_quick else hydration.ASKERS),
        is_quick=True,
    ),
    Row(
        "growth",
        "Growth",
        "what one delivery and one command cost when there is ten and a hundred times more of something",
        lambda system, _: growth.measure(system),
    ),
    Row(
        "browser",
        "Browser",
        "a board with 2,000 tasks in a real browser whose processor is throttled to a quarter",
        lambda _system, _is_quick: browser.measure(),
    ),
)
