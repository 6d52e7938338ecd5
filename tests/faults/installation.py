"""A whole Lockstep to break: its own PostgreSQL and Valkey behind wires that can be cut, and some nodes."""

import asyncio
import os
import random
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGQUIT, Signals
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from loadtests.ports import free_ports
from lockstep.embedded.data_dir import DataDir
from lockstep.embedded.postgres import ROLE, SOCKET_NAME
from lockstep.embedded.servers import EmbeddedServers, embedded_servers
from lockstep.migrations import migrate
from lockstep.node_process import NodeProcess
from tests.faults.gateway import Gateway, GatewayKind, gateway
from tests.faults.proxy import Proxy
from tests.faults.small_disk import SmallDisk, small_disk

DATABASE: Final = "faults"
LONGEST_STOP_SECONDS: Final = 30
SETTINGS: Final = {
    "SECRET_KEY": "Zt8vQ2mXw4Lr6Ns1Kp9Yb3Hc7Jd5Gf0A",
    "PUBLIC_URL": "http://127.0.0.1",
    "TRUSTED_PROXIES": "127.0.0.1",
    "RATE_LIMITS": "off",
    "LOG_LEVEL": "error",
}


@dataclass(frozen=True)
class Setup:
    """What is to run: so many nodes, a gateway in front of them or none, and a small disk under the data or none."""

    nodes: int
    gateway: GatewayKind | None = None
    disk_mebibytes: int | None = None
    drain_seconds: float = 1.0


@dataclass
class Installation:
    """What runs, and the ways to hurt it. Nodes are known by their place, which outlives the process.

    `database_wires` and `redis_wires` are the ways of the nodes to PostgreSQL and to Redis, one each.
    A load balancer sends nobody to places that are `unreachable`.
    """

    setup: Setup
    servers: EmbeddedServers
    database_wires: list[Proxy]
    redis_wires: list[Proxy]
    chance: random.Random
    ports: Sequence[int]
    gateway: Gateway | None = None
    disk: SmallDisk | None = None
    nodes: list[NodeProcess | None] = field(default_factory=list)
    unreachable: set[int] = field(default_factory=set)

    @property
    def database_url(self) -> str:
        """Where PostgreSQL is, past all wires."""
        return self.servers.postgres.url(DATABASE)

    def addresses(self) -> Sequence[str]:
        """Where people turn to: the gateway; without one, all nodes that a load balancer would send somebody to, and
        all of them when it knows of none that is well."""
        if self.gateway is not None:
            return [self.gateway.url]
        well = [node.url for place, node in enumerate(self.nodes) if node is not None and place not in self.unreachable]
        return well or [f"http://127.0.0.1:{port}" for port in self.ports]

    async def start_node(self, place: int, **settings: str) -> None:
        """Start the node of this place and wait until it is ready."""
        environment = {
            **SETTINGS,
            "DATABASE_URL": f"postgresql://{ROLE}@127.0.0.1:{self.database_wires[place].port}/{DATABASE}",
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_wires[place].port}/0",
            "DRAIN_SECONDS": str(self.setup.drain_seconds),
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
        """kill -9, unless it has ended by itself."""
        node = self.running_node(place)
        if not node.has_ended:
            self.signal_node(place, SIGKILL)
        self.nodes[place] = None
        await asyncio.to_thread(node.wait_until_stopped, 0)

    async def stop_node(self, place: int) -> float:
        """SIGTERM, and how many seconds the node took to end."""
        node = self.running_node(place)
        began = asyncio.get_running_loop().time()
        self.unreachable.add(place)
        node.ask_to_stop()
        await asyncio.to_thread(node.wait_until_stopped, LONGEST_STOP_SECONDS)
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
        await self.restart_postgres()

    async def restart_postgres(self) -> None:
        """What a supervisor does when the server has ended, whyever."""
        await asyncio.to_thread(self.servers.postgres.stop)
        await asyncio.to_thread(self.servers.postgres.start)


def _kill(pid: int | None, signal: Signals) -> None:
    assert pid is not None, "the server does not run"
    os.kill(pid, signal)


@asynccontextmanager
async def installation(setup: Setup, seed: int) -> AsyncIterator[Installation]:
    """Run an installation on a data directory of its own."""
    async with AsyncExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lockstep-faults-")))
        disk = stack.enter_context(small_disk(directory, setup.disk_mebibytes)) if setup.disk_mebibytes else None
        servers = stack.enter_context(embedded_servers(DataDir(directory / "data")))
        servers.postgres.create_database(DATABASE)
        await asyncio.to_thread(migrate, servers.postgres.url(DATABASE))
        run_directory = parse_qs(urlsplit(servers.postgres.url()).query)["host"][0]
        to_redis = unquote(urlsplit(servers.valkey.url).path)
        database_wires, redis_wires = [
            [await stack.enter_async_context(Proxy(upstream)) for _ in range(setup.nodes)]
            for upstream in (f"{run_directory}/{SOCKET_NAME}", to_redis)
        ]
        ports = free_ports(setup.nodes)
        running = Installation(setup, servers, database_wires, redis_wires, random.Random(seed), ports, disk=disk)
        running.nodes = [None] * setup.nodes
        stack.callback(_end, running)
        await asyncio.gather(*(running.start_node(place) for place in range(setup.nodes)))
        if setup.gateway is not None:
            running.gateway = await stack.enter_async_context(gateway(setup.gateway, ports, directory))
        yield running


def _end(running: Installation) -> None:
    for node in running.nodes:
        if node is not None and not node.has_ended:
            os.kill(node.pid, SIGKILL)
            node.wait_until_stopped(0)
