"""Several nodes behind one port, as operators run them."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import httpx
import psutil
import pytest
from websockets.sync.client import connect
from websockets.typing import Origin

from loadtests.ports import free_ports
from tests.conftest import SECRET_KEY

NODES = 2
PATIENCE_SECONDS = 60
REQUESTS = 60
ADA = {"email": "ada@example.org", "name": "Ada", "password": "correct horse battery"}


@dataclass
class Supervised:
    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def node_pids(self) -> set[int]:
        return {child.pid for child in psutil.Process(self.process.pid).children()}

    def own_url(self, number: int) -> str:
        return f"http://127.0.0.1:{self.port + 1 + number}"

    def is_ready(self, number: int) -> bool:
        try:
            return httpx.get(f"{self.own_url(number)}/api/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    def answered(self, number: int) -> float:
        """How often this node was asked whether it lives."""
        found = re.search(
            r'lockstep_http_requests_total\{[^}]*route="/health/live"[^}]*\} (\S+)',
            httpx.get(f"{self.own_url(number)}/api/metrics").text,
        )
        return float(found.group(1)) if found else 0


def eventually(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def environment(database_url: str, redis_url: str, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "DATABASE_POOL_SIZE": "5",
        "DRAIN_SECONDS": "0.5",
    }


@pytest.fixture
def supervised(database_url: str, redis_url: str) -> Iterator[Supervised]:
    port = free_ports(1 + NODES)[0]
    process = subprocess.Popen(
        [sys.executable, "-m", "lockstep", "serve", f"--nodes={NODES}"],
        env=environment(database_url, redis_url, port),
        start_new_session=True,
    )
    running = Supervised(process, port)
    with process:
        eventually(lambda: all(running.is_ready(number) for number in range(NODES)))
        yield running
        process.terminate()


def test_connections_are_dealt_out_and_each_node_is_reached_alone(supervised: Supervised) -> None:
    for _ in range(REQUESTS):
        assert httpx.get(f"{supervised.url}/api/health/live").status_code == 200
    shares = [supervised.answered(number) for number in range(NODES)]
    assert sum(shares) == REQUESTS
    assert min(shares) > 0


def test_a_node_that_is_killed_is_started_again_while_the_others_serve(supervised: Supervised) -> None:
    before = supervised.node_pids
    victim = min(before)
    os.kill(victim, signal.SIGKILL)
    eventually(lambda: victim not in supervised.node_pids)
    for _ in range(20):
        assert httpx.get(f"{supervised.url}/api/health/live").status_code == 200
    eventually(lambda: len(supervised.node_pids) == NODES)
    eventually(lambda: all(supervised.is_ready(number) for number in range(NODES)))
    assert len(supervised.node_pids & before) == NODES - 1


@pytest.mark.rule("R-9")
def test_a_stop_drains_all_nodes(supervised: Supervised) -> None:
    answer = httpx.post(f"{supervised.url}/api/accounts", json=ADA, headers={"origin": supervised.url})
    hello = {"type": "hello", "protocol": 1, "token": answer.json()["access_token"], "client_id": "test"}
    nodes = [psutil.Process(pid) for pid in supervised.node_pids]
    with ExitStack() as stack:
        sockets = [
            stack.enter_context(
                connect(f"ws://127.0.0.1:{supervised.port + 1 + number}/ws", origin=Origin(supervised.url), proxy=None)
            )
            for number in range(NODES)
        ]
        for socket in sockets:
            socket.send(json.dumps(hello))
            assert json.loads(socket.recv())["type"] == "welcome"
        # As a service manager does it: everybody is told, and the parent tells its nodes again.
        for pid in (*supervised.node_pids, supervised.process.pid):
            os.kill(pid, signal.SIGTERM)
        for socket in sockets:
            assert json.loads(socket.recv())["type"] == "bye"
    assert supervised.process.wait(PATIENCE_SECONDS) == 0
    assert not any(node.is_running() for node in nodes)


def test_a_port_that_others_share_already_is_not_taken(
    supervised: Supervised, database_url: str, redis_url: str
) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "lockstep", "serve", f"--nodes={NODES}"],
        env=environment(database_url, redis_url, supervised.port),
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"PORT {supervised.port} " in second.stderr
