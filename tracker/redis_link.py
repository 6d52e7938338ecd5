"""The way to Redis, or Valkey, which speaks the same: to one server, or to the servers of a cluster.

Whoever uses it asks which server has a key and talks to that one. Of one server it is always the same.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.maint_notifications import MaintNotificationsConfig

from tracker.redis_cluster import Address, Cluster

TIMEOUT_SECONDS: Final = 2.0
"""Redis answers in well under a millisecond; one that takes seconds is treated as absent."""

CLUSTER_SCHEMES: Final = {"redis+cluster": "redis", "rediss+cluster": "rediss"}
"""How an address says that a cluster is there, and how each of its servers is reached."""

DEFAULT_PORT: Final = 6379

RedisLink: TypeAlias = Redis | Cluster
Words: TypeAlias = tuple[str | bytes | int, ...]


def connect(url: str) -> Redis:
    """A pool of connections to the one server at `url`. Connects on first use."""
    return Redis.from_url(
        url,
        socket_connect_timeout=TIMEOUT_SECONDS,
        socket_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 1),
        health_check_interval=15,
        # Told by one vendor's clusters only, and the library then insists on RESP3, which the feed does not speak.
        maint_notifications_config=MaintNotificationsConfig(enabled=False),
        client_name="lockstep",
    )


def link(url: str) -> RedisLink:
    """What stands at `url`: one server, or with `redis+cluster://host:port,host:port` a cluster."""
    parts = urlsplit(url)
    scheme = CLUSTER_SCHEMES.get(parts.scheme)
    if scheme is None:
        return connect(url)
    sign_in, at, hosts = parts.netloc.rpartition("@")

    def connect_one(address: Address) -> Redis:
        host = f"[{address.host}]" if ":" in address.host else address.host
        return connect(parts._replace(scheme=scheme, netloc=f"{sign_in}{at}{host}:{address.port}").geturl())

    return Cluster([_address(host) for host in hosts.split(",")], connect_one)


def server_of(redis: RedisLink, key: str) -> Redis:
    """The server that has this key or channel. Raises `RedisError` when that is not known."""
    return redis.owner(key.encode()) if isinstance(redis, Cluster) else redis


def servers(redis: RedisLink) -> Collection[Redis]:
    """All servers that have keys."""
    return redis.servers if isinstance(redis, Cluster) else (redis,)


def publish_verb(redis: RedisLink) -> str:
    """The command that publishes. In a cluster channels live with the server of their slot, by the same names."""
    return "SPUBLISH" if isinstance(redis, Cluster) else "PUBLISH"


async def execute(redis: RedisLink, commands: Iterable[tuple[str, Words]]) -> list[Any]:
    """The answers to commands, each given with the key or channel that it is about, in one round trip per server.

    Raises what a server or the way to it raised, after all others have done their part.
    """
    of_server: defaultdict[Redis, list[tuple[int, Words]]] = defaultdict(list)
    for place, (key, words) in enumerate(commands):
        of_server[server_of(redis, key)].append((place, words))
    rounds = [_execute_at(server, asked) for server, asked in of_server.items()]
    answers: dict[int, Any] = {}
    for done in await asyncio.gather(*rounds, return_exceptions=True):
        if isinstance(done, BaseException):
            raise done
        answers.update(done)
    return [answers[place] for place in sorted(answers)]


async def ping(redis: RedisLink) -> None:
    """Return when every server has answered. Raises `RedisError` or `OSError` when one does not."""
    if isinstance(redis, Cluster) and not redis.servers:
        await redis.look()
    await asyncio.gather(*(server.ping() for server in servers(redis)))


async def _execute_at(server: Redis, commands: Sequence[tuple[int, Words]]) -> dict[int, Any]:
    pipeline = server.pipeline(transaction=False)
    for _, words in commands:
        pipeline.execute_command(*words)
    answers = await pipeline.execute()
    return {place: answer for (place, _), answer in zip(commands, answers, strict=True)}


def _address(text: str) -> Address:
    parts = urlsplit(f"//{text}")
    return Address(parts.hostname or "", parts.port or DEFAULT_PORT)


async def connect_apart(redis: Redis) -> AbstractConnection:
    """An open connection to the server beside its pool, for whoever keeps one. Raises `RedisError` or `OSError`.

    Answers come as RESP2 has them, where announcements are ordinary ones. Nothing but connecting is bounded in time.
    """
    pool = redis.connection_pool
    settings = {**pool.connection_kwargs, "protocol": 2, "health_check_interval": 0, "socket_timeout": None}
    connection: AbstractConnection = pool.connection_class(**settings)
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            await connection.connect()  # type: ignore[no-untyped-call] # redis-py leaves it so
    except BaseException:
        await connection.disconnect(nowait=True)
        raise
    return connection
