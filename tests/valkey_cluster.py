"""A real Valkey cluster of three servers without replicas, whose servers can be killed and come back."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.crc import REDIS_CLUSTER_HASH_SLOTS
from redis.exceptions import RedisError

from loadtests.ports import free_ports
from lockstep.embedded.binaries import valkey_program

SIZE = 3
PATIENCE_SECONDS = 30
NODE_TIMEOUT_MS = 1_000


class ValkeyCluster:
    """Servers that share the slots in equal parts."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        ports = free_ports(2 * SIZE)
        self.ports = ports[:SIZE]
        self._bus_ports = ports[SIZE:]
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self.clients = [Redis(port=port) for port in self.ports]

    @property
    def url(self) -> str:
        """What a node has as REDIS_URL: one server is enough to find the others."""
        return f"redis+cluster://127.0.0.1:{self.ports[0]},127.0.0.1:{self.ports[1]}"

    async def start(self) -> None:
        """Start all, and let them share the slots."""
        for number in range(SIZE):
            await self.start_server(number)
        share = REDIS_CLUSTER_HASH_SLOTS // SIZE
        for number, client in enumerate(self.clients):
            last = REDIS_CLUSTER_HASH_SLOTS - 1 if number == SIZE - 1 else (number + 1) * share - 1
            await ask(client, "CLUSTER", "ADDSLOTSRANGE", number * share, last)
            await ask(client, "CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        for port, bus_port in list(zip(self.ports, self._bus_ports, strict=True))[1:]:
            await ask(self.clients[0], "CLUSTER", "MEET", "127.0.0.1", port, bus_port)
        await self.until_whole()

    async def start_server(self, number: int) -> None:
        """Start one, as what it was before if it was."""
        home = self._directory / str(number)
        home.mkdir(exist_ok=True)
        settings = {
            "port": self.ports[number],
            "cluster-port": self._bus_ports[number],
            "bind": "127.0.0.1",
            "dir": home,
            "save": "",
            "cluster-enabled": "yes",
            "cluster-node-timeout": NODE_TIMEOUT_MS,
            # Without it one server that is gone takes the others along.
            "cluster-require-full-coverage": "no",
        }
        words = [str(word) for name, value in settings.items() for word in (f"--{name}", value)]
        with (home / "log").open("ab") as log:
            self._processes[number] = subprocess.Popen(  # noqa: ASYNC220 - it only starts
                [valkey_program(), *words], stdout=log, stderr=log
            )
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await _answers(self.clients[number]):  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.02)

    def kill(self, number: int) -> None:
        """End one without a word."""
        process = self._processes.pop(number)
        process.kill()
        process.wait()

    async def until_whole(self) -> None:
        """Return when every server knows all others and every slot has an owner that is there."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not all([await _is_whole(client) for client in self.clients]):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.02)

    async def give_slot(self, slot: int, giver: int, taker: int) -> None:
        """Let another server own the slot, as when somebody spreads a cluster over more machines."""
        name = await ask(self.clients[taker], "CLUSTER", "MYID")
        for number in (taker, giver, *range(SIZE)):
            await ask(self.clients[number], "CLUSTER", "SETSLOT", slot, "NODE", name)

    async def stop(self) -> None:
        """End all."""
        for client in self.clients:
            await client.aclose()
        for number in list(self._processes):
            self.kill(number)


@asynccontextmanager
async def valkey_cluster(directory: Path) -> AsyncIterator[ValkeyCluster]:
    """A cluster, until the block ends."""
    cluster = ValkeyCluster(directory)
    try:
        await cluster.start()
        yield cluster
    finally:
        await cluster.stop()


async def ask(client: Redis, *words: str | int) -> Any:
    """What the server answers to a command."""
    return await client.execute_command(*words)  # type: ignore[no-untyped-call] # redis-py leaves it so


async def _answers(client: Redis) -> bool:
    try:
        return bool(await client.ping())
    except RedisError:
        return False


async def _is_whole(client: Redis) -> bool:
    info = await ask(client, "CLUSTER", "INFO")
    return b"cluster_state:ok" in info and f"cluster_known_nodes:{SIZE}".encode() in info
