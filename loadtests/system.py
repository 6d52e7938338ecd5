"""A fresh Lockstep to measure: `lockstep up` on a data directory of its own, that goes away with the block."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

import psutil

from loadtests.ports import HOST, free_ports
from lockstep.embedded.data_dir import DataDir
from lockstep.embedded.leash import leashed
from lockstep.settings import Settings, read_settings

READY_SECONDS: Final = 60
STOP_SECONDS: Final = 30
POLL_SECONDS: Final = 0.05


class NotStartedError(Exception):
    """The system that was to be measured did not start."""


@dataclass(frozen=True, slots=True)
class System:
    """What runs. `settings` hold the addresses of its database and Redis, and its secret."""

    settings: Settings
    ports: tuple[int, ...]
    node_pids: tuple[int, ...]
    database_pid: int
    redis_pid: int

    @property
    def addresses(self) -> list[str]:
        """host:port of every node."""
        return [f"{HOST}:{port}" for port in self.ports]

    def database_cpu_seconds(self) -> float:
        """CPU time that PostgreSQL has used so far, in all its processes."""
        server = psutil.Process(self.database_pid)
        return sum(_cpu_seconds(process) for process in [server, *server.children(recursive=True)])

    def node_cpu_seconds(self) -> float:
        """CPU time that all nodes have used so far."""
        return sum(_cpu_seconds(psutil.Process(pid)) for pid in self.node_pids)

    def redis_cpu_seconds(self) -> float:
        """CPU time that Valkey has used so far."""
        return _cpu_seconds(psutil.Process(self.redis_pid))


def clean_up_when_told_to_end() -> None:
    """Let `kill` and `timeout` end this program as Ctrl-C does: what it started and made goes with it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@contextmanager
def running_system(nodes: int = 1) -> Iterator[System]:
    """Run a system with so many nodes for as long as the block. Raises `NotStartedError`."""
    ports = free_ports(nodes)
    with tempfile.TemporaryDirectory(prefix="lockstep-bench-") as directory:
        environment = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL")
        } | {
            "DATA_DIR": directory,
            "HOST": HOST,
            "PORT": str(ports[0]),
            "RATE_LIMITS": "off",
            "LOG_LEVEL": "error",
            "DRAIN_SECONDS": "0",
        }
        command = [sys.executable, "-m", "lockstep", "up", "--nodes", str(nodes)]
        process = subprocess.Popen(
            leashed(command, signal.SIGTERM, os.geteuid(), os.getegid()),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            for port in ports:
                _wait_until_ready(process, port)
            yield _look_at(process.pid, Path(directory), ports)
        finally:
            _stop(process)


def _look_at(pid: int, directory: Path, ports: tuple[int, ...]) -> System:
    children = psutil.Process(pid).children(recursive=True)
    nodes = {_port_of(child): child.pid for child in children if "serve" in child.cmdline()}
    return System(
        settings=read_settings(Settings, DataDir(directory).environment_file),
        ports=ports,
        node_pids=tuple(nodes[port] for port in ports),
        database_pid=next(child.pid for child in children if child.name() == "postgres"),
        redis_pid=next(child.pid for child in children if child.name() == "valkey-server"),
    )


def _port_of(node: psutil.Process) -> int:
    return int(node.environ()["PORT"])


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _is_ready(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotStartedError(f"`lockstep up` was not ready on port {port}; its last lines say why.")
        time.sleep(POLL_SECONDS)


def _is_ready(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=READY_SECONDS)
    try:
        connection.request("GET", "/api/health/ready")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)
