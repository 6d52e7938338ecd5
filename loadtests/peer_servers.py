"""The servers that people would pick instead, each as a tiny program of `peers/` that echoes a message to all sockets.

They do less than a node: nobody signs in, nothing is kept, no order is promised. So a ratio of one is a good one.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from signal import SIGTERM
from typing import Final

from loadtests.measurements.fan_out import SOCKETS, Reports, by_window
from loadtests.ports import HOST, free_ports
from loadtests.tool import TOOL_CORE, drive, pinned_to
from lockstep.embedded.binaries import valkey_program
from lockstep.embedded.leash import leashed

FOLDER: Final = Path(__file__).with_name("peers")
PYTHON: Final = FOLDER.parent.parent / ".make" / "peers" / "bin" / "python"
LOG: Final = FOLDER.parent.parent / ".make" / "peers.log"
READY_SECONDS: Final = 20
STOP_SECONDS: Final = 5

MESSAGE_BYTES: Final = 200
"""What a message weighs. One of our changes weighs about 350: who, when, which, and where in the order."""

SERVER_CORE: Final = 0


class PeerError(Exception):
    """A peer did not start."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One of them. `opening` is what a socket says first, and `live` what it is answered."""

    name: str
    program: str
    behind: str
    needs_redis: bool = False
    path: str = "/ws"
    opening: str | None = None
    live: str | None = None
    before: str = ""
    after: str = ""

    @property
    def is_here(self) -> bool:
        """Whether what it needs is installed."""
        if self.program.endswith(".js"):
            return (FOLDER / "node_modules").is_dir() and shutil.which("node") is not None
        return PYTHON.exists()

    def message(self) -> str:
        """The template of its message, as long as all others'."""
        marker = 35
        padding = "x" * (MESSAGE_BYTES - len(self.before) - len(self.after) - marker)
        return f"{self.before}%M{padding}{self.after}"


def _socket_io(name: str, program: str) -> Peer:
    return Peer(
        name,
        program,
        "Redis",
        needs_redis=True,
        path="/socket.io/?EIO=4&transport=websocket",
        opening="40",
        live='40{"sid"',
        before='42["message","',
        after='"]',
    )


PEERS: Final = (
    Peer("socketify", "socketify_server.py", "nothing (C++, from memory)"),
    Peer("picows", "picows_server.py", "nothing (Cython, from memory)"),
    Peer("websockets broadcast", "websockets_server.py", "nothing (from memory)"),
    Peer("Starlette send loop", "starlette_server.py", "nothing (from memory)"),
    Peer("ws on Node", "ws_server.js", "nothing (from memory)"),
    _socket_io("Socket.IO", "socketio_server.js"),
    _socket_io("python-socketio", "python_socketio_server.py"),
    Peer("Django Channels", "channels_server.py", "Redis", needs_redis=True),
)


def measure(peer: Peer, seconds: float) -> Reports:
    """Fan-out of a peer that has a core for itself; the tool has another. Raises `PeerError`."""
    if not peer.is_here:
        raise PeerError("not installed; `make bench` installs it")
    with _running(peer) as (pid, port):
        return by_window(
            partial(
                drive,
                [f"{HOST}:{port}"],
                SOCKETS,
                opening=[[peer.opening]] if peer.opening else [],
                live=peer.live,
                messages=[peer.message()],
                pids=[pid],
                core=TOOL_CORE,
                path=peer.path,
            ),
            seconds,
        )


@contextmanager
def _running(peer: Peer) -> Iterator[tuple[int, int]]:
    port, redis_port = free_ports(2)
    interpreter = shutil.which("node") if peer.program.endswith(".js") else PYTHON
    command = [*pinned_to(SERVER_CORE), str(interpreter), str(FOLDER / peer.program), str(port)]
    if not peer.needs_redis:
        with _process(command, port) as pid:
            yield pid, port
        return
    redis = [str(valkey_program()), "--port", str(redis_port), "--bind", HOST, "--save", "", "--appendonly", "no"]
    with (
        _process(redis, redis_port),
        _process([*command, f"redis://{HOST}:{redis_port}"], port) as pid,
    ):
        yield pid, port


@contextmanager
def _process(command: Sequence[str], port: int) -> Iterator[int]:
    with LOG.open("ab") as log:
        command = leashed(command, SIGTERM, os.geteuid(), os.getegid())
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not _is_listening(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise PeerError(f"{command[-2]} did not start listening on port {port}; see {LOG}")
            time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _is_listening(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True
