"""Whose CPU time counts as company."""

import subprocess
import sys
import time
from typing import Final

SECONDS: Final = 0.5

# In a process of its own: it adopts all orphans that come of it, and tests have some.
WATCH: Final = """
import subprocess, sys, time
from loadtests.machine import family_seconds, watched_company

began, family = time.monotonic(), family_seconds()
with watched_company() as company:
    print("watching", flush=True)
    {block}
    family = family_seconds() - family
print(family, company.cores * (time.monotonic() - began))
"""

ORPHAN: Final = f"""
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time\\nwhile time.process_time() < {SECONDS}: pass"])
"""


def watch(block: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WATCH.format(block=block)]
    watcher = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert watcher.stdout is not None
    assert watcher.stdout.readline() == "watching\n"
    return watcher


def test_an_orphan_stays_in_the_family() -> None:
    # Whose output ends when the orphan has, too.
    watcher = watch(f"subprocess.run([sys.executable, '-c', {ORPHAN!r}], stdout=subprocess.PIPE)")

    family, _ = watcher.communicate()[0].split()

    assert float(family) >= SECONDS


def test_a_stranger_is_company() -> None:
    watcher = watch("sys.stdin.read()")
    until = time.process_time() + SECONDS
    while time.process_time() < until:
        pass

    _, company = watcher.communicate()[0].split()

    assert float(company) >= SECONDS * 0.9
