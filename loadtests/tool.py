"""Runs the load generator of `sockets/`, and reads what it reports."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from signal import SIGTERM
from typing import Any, Final

from lockstep.embedded.leash import leashed

SOURCES: Final = Path(__file__).with_name("sockets")
PROGRAM: Final = SOURCES.parent.parent / ".make" / "sockets"
LONGEST_SECONDS: Final = 300

TOOL_CORE: Final = 1
"""Where the tool runs when servers are compared: for all of them the same."""


class ToolError(Exception):
    """The load generator could not be built, or did not come to its end."""


@dataclass(frozen=True, slots=True)
class Times:
    """Percentiles of durations, in milliseconds."""

    count: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float


NOTHING: Final = Times(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Report:
    """What the tool saw. CPU seconds are of the processes that were named, in that order."""

    live: int
    failed: int
    connect_seconds: float
    connect_cpu_seconds: tuple[float, ...]
    resident_before: float
    resident_after: float
    seconds: float
    cpu_seconds: tuple[float, ...]
    sent: int
    acknowledged: int
    acknowledged_at_last: int
    """With those that came in the seconds after the last was sent."""
    refused: int
    deliveries: int
    missing: int
    bytes: int
    heard: Times
    """From sending a message to its arrival at each other socket."""
    answered: Times
    """From asking a command to its acknowledgement."""
    last: Times = NOTHING
    """From sending a message to its arrival at the last of all sockets."""
    task_clock_seconds: tuple[float, ...] = ()
    """How long the processes were on a core, by their task clocks; empty where the kernel does not tell. `cpu_seconds`
    is what /proc says, which is less for a server whose system calls are long (`sockets/meter.c`)."""
    lost_sockets: int = 0
    return_seconds: float = 0
    return_cpu_seconds: tuple[float, ...] = ()
    live_again: int = 0
    failed_again: int = 0
    back: Times = NOTHING

    @property
    def deliveries_per_second(self) -> float:
        """Messages that arrived, at all sockets together."""
        return self.deliveries / self.seconds

    @property
    def microseconds_per_delivery(self) -> float:
        """CPU time of the first process named, for each message that arrived."""
        return self.cpu_seconds[0] / max(self.deliveries, 1) * 1e6

    @property
    def task_clock_microseconds(self) -> float | None:
        """The same by the task clock; None where the kernel does not tell."""
        if not self.task_clock_seconds:
            return None
        return self.task_clock_seconds[0] / max(self.deliveries, 1) * 1e6

    @property
    def bytes_per_delivery(self) -> float:
        """What a message weighs on the wire. Messages that were joined in one frame share its head."""
        return self.bytes / max(self.deliveries, 1)


def report_of(text: str) -> Report:
    """Read the tool's JSON. Raises `ToolError`."""
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:
        raise ToolError(f"The load generator said: {text[:300]!r}") from None
    known = {field.name for field in fields(Report)}
    if unknown := found.keys() - known:
        raise ToolError(f"The load generator tells what nobody reads: {', '.join(sorted(unknown))}")
    return Report(**{name: _value(value) for name, value in found.items()})


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return Times(**value)
    return tuple(value) if isinstance(value, list) else value


def build() -> Path:
    """Compile the tool if it is older than its sources. Raises `ToolError` where there is no compiler."""
    newest = max(file.stat().st_mtime for file in SOURCES.iterdir())
    if PROGRAM.exists() and PROGRAM.stat().st_mtime >= newest:
        return PROGRAM
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise ToolError("The load generator is a C program. Install a compiler: `apt-get install gcc libc6-dev`.")
    PROGRAM.parent.mkdir(exist_ok=True)
    subprocess.run([compiler, "-O2", "-Wall", "-o", PROGRAM, *sorted(SOURCES.glob("*.c"))], check=True)
    return PROGRAM


def drive(
    addresses: Sequence[str],
    sockets: int,
    *,
    opening: Sequence[Sequence[str]] = (),
    live: str | None = None,
    opening_again: Sequence[Sequence[str]] = (),
    live_again: str | None = None,
    messages: Sequence[str] = (),
    pids: Sequence[int] = (),
    core: int | None = None,
    **options: str | float,
) -> Report:
    """Open `sockets` to `addresses` (host:port), send, and report.

    `opening` is what sockets say first, `messages` what they send later: socket i takes entry i modulo their number.
    Of an opening the first is said at once, and all else when that is answered, as the browser does.
    A socket is live when something arrives that holds the text `live`. `options` are the tool's own, such as
    `window=8`; `core` is the core that the tool keeps to. Raises `ToolError`.
    """
    with tempfile.TemporaryDirectory(prefix="lockstep-bench-") as directory:
        arguments = [str(build()), "--sockets", str(sockets)]
        for address in addresses:
            arguments += ["--address", address]
        for pid in pids:
            arguments += ["--pid", str(pid)]
        lines = {
            "opening": ["\t".join(parts) for parts in opening],
            "opening-again": ["\t".join(parts) for parts in opening_again],
            "message": list(messages),
        }
        for name, content in lines.items():
            if content:
                file = Path(directory, name)
                file.write_text("".join(f"{line}\n" for line in content))
                arguments += [f"--{name}", str(file)]
        for name, value in {"live": live, "live-again": live_again, **options}.items():
            if value is not None:
                arguments += [f"--{name.replace('_', '-')}", str(value)]
        return report_of(_output_of([*pinned_to(core), *arguments]))


def pinned_to(core: int | None) -> list[str]:
    """The words before a command line that keep it to one core, where the machine can do that."""
    taskset = shutil.which("taskset")
    return [taskset, "-c", str(core)] if core is not None and taskset else []


def _output_of(arguments: Sequence[str]) -> str:
    try:
        command = leashed(arguments, SIGTERM, os.geteuid(), os.getegid())
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise ToolError(f"The load generator did not end within {LONGEST_SECONDS} seconds.") from None
    if done.returncode != 0 or not done.stdout:
        raise ToolError(f"The load generator ended with {done.returncode}: {done.stderr[-600:]}")
    return done.stdout
