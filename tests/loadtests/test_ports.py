"""Ports for servers, as two processes that look at one time find them."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from loadtests.ports import HOST

# The same seed, so that both look at the same ports in the same order. The ports are this process's own: elsewhere
# another test might take one between two looks.
LOOK = """
import random, sys
from loadtests import ports
random.seed(7)
ports._FIRST = int(sys.argv[1])
ports._LAST = ports._FIRST + 299
print(*(port for _ in range(20) for port in ports.free_ports(3)), flush=True)
input()
"""
FIRST = 10_000 + os.getpid() % 16 * 300


@contextmanager
def looking() -> Iterator[list[int]]:
    """The ports that a process has found, for as long as it lives."""
    command = [sys.executable, "-c", LOOK, str(FIRST)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        found = [int(port) for port in process.stdout.readline().split()]
        assert len(found) == 60
        yield found


def test_each_is_found_once() -> None:
    with looking() as ours, looking() as theirs:
        assert len({*ours, *theirs}) == len(ours) + len(theirs) == 120


def test_what_a_process_had_is_free_again_when_it_has_ended() -> None:
    with looking() as ours:
        pass
    with looking() as again:
        assert again == ours


def test_a_port_that_somebody_listens_on_is_not_found() -> None:
    with looking() as before:
        pass
    with socket.create_server((HOST, before[1])), looking() as after:
        assert before[1] not in after
        assert after[0] == before[3]


def test_they_stand_one_after_the_other() -> None:
    with looking() as ports:
        assert all(ports[start : start + 3] == [ports[start] + step for step in range(3)] for start in range(0, 60, 3))
