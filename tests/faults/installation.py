"""A whole Lockstep to break: its own PostgreSQL, its own Valkey behind a wire that can be cut, and some nodes."""

import asyncio
import os
import random
import socket
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGQUIT, Signals
from typing import Final
from urllib.parse import unquote, urlsplit

from lockstep.embedded.data_dir import DataDir
from lockstep.embedded.servers import EmbeddedServers, embedded_servers
from lockstep.migrations import migrate
from lockstep.node_process import NodeProcess
from tests.faults.proxy import Proxy

DATABASE: Final = "faults"
DRAIN_SECONDS: Final = 3
SETTINGS: Final = {
    "SECRET_KEY": "Zt8vQ2mXw4Lr6Ns1Kp9Yb3Hc7Jd5Gf0A",
    "PUBLIC_URL": "http://127.0.0.1",
    "RATE_LIMITS": "off",
    "DRAIN_SECONDS": str(DRAIN_SECONDS),
    "LOG_LEVEL": "error",
}


@dataclass
class Installation:
    """What runs, and the ways to hurt it. Nodes are known by their place, which outlives the process."""

    servers: EmbeddedServers
    wire: Proxy
    chance: random.Random
    ports: list[int]
    nodes: list[NodeProcess | None] = field(default_factory=list)
    unreachable: set[int] = field(default_factory=set)

    @property
    def database_url(self) -> str:
        """Where PostgreSQL is."""
        return self.servers.postgres.url(DATABASE)

    def addresses(self) -> Sequence[str]:
        """All nodes that a load balancer would send somebody to; all of them when it knows of none that is well."""
        well = [node.url for place, node in enumerate(self.nodes) if node is not None and place not in self.unreachable]
        return well or [f"http://127.0.0.1:{port}" for port in self.ports]

    async def start_node(self, place: int, **settings: str) -> None:
        """Start the node of this place and wait until it is ready."""
        environment = {
            **SETTINGS,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": f"redis://127.0.0.1:{self.wire.port}/0",
            **settings,
        }
        node = NodeProcess(environment, "127.0.0.1", self.ports[place])
        await asyncio.to_thread(node.wait_until_ready)
        self.nodes[place] = node

    def running_node(self, place: int) -> NodeProcess:
        """The process of this place."""
        node = self.nodes[place]
        assert node is not None, "this node does not run"
        return node

    async def kill_node(self, place: int) -> None:
        """kill -9."""
        node = self.running_node(place)
        self.signal_node(place, SIGKILL)
        self.nodes[place] = None
        await asyncio.to_thread(node.wait_until_stopped, 0)

    async def stop_node(self, place: int) -> float:
        """SIGTERM, and how many seconds the node took to end."""
        node = self.running_node(place)
        began = asyncio.get_running_loop().time()
        self.unreachable.add(place)
        node.ask_to_stop()
        await asyncio.to_thread(node.wait_until_stopped, 30)
        self.nodes[place] = None
        self.unreachable.discard(place)
        return asyncio.get_running_loop().time() - began

    def signal_node(self, place: int, signal: Signals) -> None:
        """Any signal to the process of this place."""
        os.kill(self.running_node(place).pid, signal)

    async def kill_redis(self) -> None:
        """kill -9; what it held is gone."""
        _kill(self.servers.valkey.pid, SIGKILL)
        await asyncio.to_thread(self.servers.valkey.stop)

    async def start_redis(self) -> None:
        """It comes back empty."""
        await asyncio.to_thread(self.servers.valkey.start)

    async def restart_postgres_at_once(self) -> None:
        """An immediate shutdown (every connection dies, no checkpoint), then a start that recovers from the log."""
        _kill(self.servers.postgres.pid, SIGQUIT)
        await asyncio.to_thread(self.servers.postgres.stop)
        await asyncio.to_thread(self.servers.postgres.start)


def _kill(pid: int | None, signal: Signals) -> None:
    assert pid is not None, "the server does not run"
    os.kill(pid, signal)


@asynccontextmanager
async def installation(nodes: int, seed: int) -> AsyncIterator[Installation]:
    """Run an installation with so many nodes on a data directory of its own."""
    async with AsyncExitStack() as stack:
        directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="lockstep-faults-"))
        servers = stack.enter_context(embedded_servers(DataDir(Path(directory))))
        servers.postgres.create_database(DATABASE)
        await asyncio.to_thread(migrate, servers.postgres.url(DATABASE))
        wire = await stack.enter_async_context(Proxy(unquote(urlsplit(servers.valkey.url).path)))
        running = Installation(servers, wire, random.Random(seed), _free_ports(nodes), [None] * nodes)
        stack.callback(_end, running)
        await asyncio.gather(*(running.start_node(place) for place in range(nodes)))
        yield running


def _end(running: Installation) -> None:
    for node in running.nodes:
        if node is not None and not node.has_ended:
            os.kill(node.pid, SIGKILL)
            node.wait_until_stopped(0)


def _free_ports(count: int) -> list[int]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [listener.getsockname()[1] for listener in listeners]
    finally:
        for listener in listeners:
            listener.close()
