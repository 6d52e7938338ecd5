"""What happens to Redis, and to the way there. No command may fail of it, and no socket be lost."""

import asyncio
from typing import Final

from redis.asyncio import Redis

from tests.faults.fault import DEAD_SECONDS, Fault
from tests.faults.load import Load


async def _kill_redis(load: Load) -> None:
    await load.running.kill_redis()
    await asyncio.sleep(DEAD_SECONDS)
    await load.running.start_redis()


async def _cut_nodes_off_redis(load: Load) -> None:
    for wire in load.running.redis_wires:
        wire.hold()
    await asyncio.sleep(DEAD_SECONDS * 5)
    for wire in load.running.redis_wires:
        wire.heal()


async def _fill_the_memory(load: Load) -> None:
    async with Redis.from_url(load.running.servers.valkey.url) as redis:
        await redis.config_set("maxmemory", 1)
        await asyncio.sleep(DEAD_SECONDS * 5)
        await redis.config_set("maxmemory", 0)


async def _make_read_only(load: Load) -> None:
    # A replica of nobody: what a client sees that was left connected to the old master after a failover.
    async with Redis.from_url(load.running.servers.valkey.url) as redis:
        await redis.replicaof("127.0.0.1", "1")
        await asyncio.sleep(DEAD_SECONDS * 5)
        await redis.replicaof("NO", "ONE")


REDIS_FAULTS: Final = (
    Fault(
        "redis",
        "kill -9 of Redis, which comes back empty a second later",
        _kill_redis,
        seen_within=2.0,
        keeps_sockets=True,
    ),
    Fault(
        "deaf",
        "the wire to Redis is dead for five seconds, and nobody is told",
        _cut_nodes_off_redis,
        seen_within=4.0,
        keeps_sockets=True,
    ),
    Fault("memory", "Redis is out of memory for five seconds", _fill_the_memory, seen_within=2.0, keeps_sockets=True),
    Fault(
        "readonly",
        "Redis is a read-only replica for five seconds",
        _make_read_only,
        seen_within=2.0,
        keeps_sockets=True,
    ),
)
