"""A node as a process of its own, started and stopped by this one."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from signal import SIGTERM
from typing import Final

from lockstep.draining import longest_stop
from lockstep.embedded.leash import leashed
from lockstep.port import LOCAL_HOST

READY_SECONDS: Final = 60
POLL_SECONDS: Final = 0.05

MEMORY: Final = {"PYTHONMALLOC": "malloc", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""How a node asks for memory, unless the environment says otherwise: all of it from the C library, which asks for large
pages. What belongs to one of thousands of idle sockets lies together then, and is found without a walk through tables
of pages that are themselves far away (decision 58)."""


class NodeFailedError(Exception):
    """A node ended, or never became ready. Its own log lines say why."""


class NodeProcess:
    """One node on `port`, in a session of its own so that Ctrl-C on the terminal does not stop it by itself."""

    def __init__(self, environment: Mapping[str, str], host: str, port: int, *, own_port: int | None = None) -> None:
        """Start it. `environment` holds the settings and comes on top of this process's own.

        With `own_port` it shares `port` with other nodes, and is reached alone on that one, from this machine.
        """
        self.host = host if own_port is None else LOCAL_HOST
        self.port = port if own_port is None else own_port
        words = [sys.executable, "-m", "lockstep", "serve", *([] if own_port is None else [f"--own-port={own_port}"])]
        self._process = subprocess.Popen(
            leashed(words, SIGTERM, os.geteuid(), os.getegid()),
            env={**_memory(), **os.environ, **environment, "HOST": host, "PORT": str(port)},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def url(self) -> str:
        """Its address, which is also the origin of the pages that it serves."""
        return f"http://{self.host}:{self.port}"

    @property
    def exit_code(self) -> int | None:
        """What it ended with; None while it runs."""
        return self._process.poll()

    @property
    def has_ended(self) -> bool:
        """Whether it ended, for whatever reason."""
        return self.exit_code is not None

    def wait_until_ready(self) -> None:
        """Return when it can do its work. Raises `NodeFailedError`."""
        deadline = time.monotonic() + READY_SECONDS
        while not self._is_ready():
            if self.has_ended:
                raise NodeFailedError(f"The node on port {self.port} ended with exit code {self.exit_code}.")
            if time.monotonic() > deadline:
                raise NodeFailedError(f"The node on port {self.port} was not ready after {READY_SECONDS} seconds.")
            time.sleep(POLL_SECONDS)

    def ask_to_stop(self) -> None:
        """Tell it to finish what is under way and end."""
        if not self.has_ended:
            self._process.send_signal(SIGTERM)

    def wait_until_stopped(self, drain_seconds: float) -> None:
        """Return when it has ended; end it by force when it does not."""
        try:
            self._process.wait(longest_stop(drain_seconds))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _is_ready(self) -> bool:
        connection = HTTPConnection(self.host, self.port, timeout=READY_SECONDS)
        try:
            connection.request("GET", "/api/health/ready")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def _memory() -> Mapping[str, str]:
    # Other C libraries have no large pages, and are slower than what Python does by itself.
    return MEMORY if platform.libc_ver()[0] == "glibc" else {}
