"""A Redis Cluster: its servers, and which of them owns which key.

redis-py has a client for clusters, too. It is not used, because it treats the cluster as one thing: when one server is
gone, what was meant for all of them waits, and its connections to the others are closed
(`docs/decisions/0040-one-link-for-one-server-or-a-cluster.md`).
"""

import asyncio
import random
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final, NamedTuple

from redis.asyncio import Redis
from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

LOOK_SECONDS: Final = 1.0
"""For one server to say what it knows of the cluster; then another one is asked."""


class Address(NamedTuple):
    """Where a server is reached."""

    host: str
    port: int


class Cluster:
    """The servers that own slots now, each by a pool of connections of its own.

    Nothing is known before the first `look`; whoever meets an error looks again.
    """

    def __init__(self, seeds: Iterable[Address], connect: Callable[[Address], Redis]) -> None:
        """`seeds` are those of its servers that are asked first; `connect` makes a pool."""
        self._connect = connect
        self._seeds = {address: connect(address) for address in seeds}
        self._servers: dict[Address, Redis] = {}
        self._owners: list[Redis | None] = [None] * REDIS_CLUSTER_HASH_SLOTS
        self._looking: asyncio.Task[None] | None = None

    @property
    def servers(self) -> Collection[Redis]:
        """The servers that own slots, as far as is known."""
        return self._servers.values()

    def owner(self, key: bytes) -> Redis:
        """The server that owns the key or sharded channel. Raises `RedisError` when it is not known."""
        server = self._owners[key_slot(key)]
        if server is None:
            raise RedisConnectionError("no server of the cluster is known to own this key")
        return server

    async def look(self) -> None:
        """Learn who owns what. Raises `RedisError` when nobody tells; what was known is kept then."""
        if self._looking is None:
            self._looking = asyncio.create_task(self._look(), name="look at cluster")
            self._looking.add_done_callback(self._looked)
        # Whoever asked may go away, the others have not.
        await asyncio.shield(self._looking)

    async def aclose(self) -> None:
        """Close all connections."""
        for client in (*self._servers.values(), *self._seeds.values()):
            await client.aclose()

    def _looked(self, task: asyncio.Task[None]) -> None:
        self._looking = None
        if not task.cancelled():
            task.exception()  # nobody may be left to take it

    async def _look(self) -> None:
        second_best: tuple[Address, list[Any]] | None = None
        for address, client in self._who_may_know():
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    state, slots = await _ask(client)
            except (RedisError, OSError):
                continue
            if b"cluster_state:ok" in state:
                await self._learn(address, slots)
                return
            # One that was cut off from the others tells what was true then.
            second_best = second_best or (address, slots)
        if second_best is None:
            raise RedisConnectionError("no server of the cluster answers")
        await self._learn(*second_best)

    def _who_may_know(self) -> list[tuple[Address, Redis]]:
        """The servers in any order, and then the seeds that are none."""
        servers = list(self._servers.items())
        random.shuffle(servers)
        return servers + [seed for seed in self._seeds.items() if seed[0] not in self._servers]

    async def _learn(self, asked: Address, slots: list[Any]) -> None:
        owners: list[Redis | None] = [None] * REDIS_CLUSTER_HASH_SLOTS
        servers: dict[Address, Redis] = {}
        for first, last, (host, port, *_), *_ in slots:
            # A server that does not know its own name is reached by the one that it was asked by.
            address = Address((host or b"").decode() or asked.host, port)
            if address not in servers:
                servers[address] = self._servers.get(address) or self._connect(address)
            owners[first : last + 1] = [servers[address]] * (last + 1 - first)
        gone = [client for address, client in self._servers.items() if address not in servers]
        self._servers, self._owners = servers, owners
        for client in gone:
            await client.aclose()


async def _ask(client: Redis) -> tuple[bytes, list[Any]]:
    pipeline = client.pipeline(transaction=False)
    pipeline.execute_command("CLUSTER", "INFO")
    pipeline.execute_command("CLUSTER", "SLOTS")
    state, slots = await pipeline.execute()
    return state, slots
