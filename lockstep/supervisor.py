"""Several nodes behind one port: the kernel deals out the connections, and a node that dies is started again.

Each node has the shared port open for itself (`SO_REUSEPORT`), so connections are dealt evenly and one node's end is
nobody else's. For monitors each also listens alone, on this machine only, on one of the ports after the shared one.
"""

from __future__ import annotations

import time
from typing import Final, NoReturn

import structlog

from lockstep.node_process import NodeProcess
from lockstep.port import LOCAL_HOST, listen
from lockstep.settings import Settings

WATCH_SECONDS: Final = 0.2

FIRST_PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 30.0
STEADY_SECONDS: Final = 60.0
"""A node that has lived for so long died of something new, and is started again without a long pause."""

log = structlog.get_logger()


class SupervisedNode:
    """One place behind the port, and the process that holds it now."""

    def __init__(self, settings: Settings, own_port: int) -> None:
        self._settings = settings
        self._own_port = own_port
        self._pause = FIRST_PAUSE_SECONDS
        self._start_at: float | None = None
        self._start()

    def look(self) -> None:
        """Start a process anew when the last one has ended; the sooner, the longer that one lived."""
        now = time.monotonic()
        if self._start_at is None:
            if not self._process.has_ended:
                return
            lived = now - self._started_at
            self._pause = FIRST_PAUSE_SECONDS if lived > STEADY_SECONDS else min(self._pause * 2, LONGEST_PAUSE_SECONDS)
            self._start_at = now + self._pause
            log.error("node_ended", port=self._own_port, exit_code=self._process.exit_code, again_in=self._pause)
        elif now >= self._start_at:
            self._start()

    def ask_to_stop(self) -> None:
        """Tell the process to finish what is under way and end."""
        self._process.ask_to_stop()

    def wait_until_stopped(self) -> None:
        """Return when it has ended."""
        self._process.wait_until_stopped(self._settings.drain_seconds)

    def _start(self) -> None:
        self._start_at = None
        self._started_at = time.monotonic()
        self._process = NodeProcess({}, self._settings.host, self._settings.port, own_port=self._own_port)


def supervise(settings: Settings, node_count: int) -> NoReturn:
    """Run so many nodes until an exception, such as a signal's, ends the waiting; then drain all and return.

    Raises `SettingsError` when one of the ports cannot be had.
    """
    own_ports = range(settings.port + 1, settings.port + 1 + node_count)
    # Not shared for this moment: a second program on a shared port would take part in it and nobody would notice.
    for host, port in [(settings.host, settings.port), *((LOCAL_HOST, port) for port in own_ports)]:
        listen(host, port).close()
    nodes: list[SupervisedNode] = []
    try:
        nodes.extend(SupervisedNode(settings, port) for port in own_ports)
        log.info("nodes_started", port=settings.port, own_ports=list(own_ports))
        while True:
            time.sleep(WATCH_SECONDS)
            for node in nodes:
                node.look()
    finally:
        # All of them are asked before the first is waited for, so that they drain at the same time.
        for node in nodes:
            node.ask_to_stop()
        for node in nodes:
            node.wait_until_stopped()
