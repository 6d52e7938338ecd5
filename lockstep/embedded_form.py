"""The embedded form: one command that brings its own servers, migrates, shows a demo and serves."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from lockstep.demo.seed import seed_demo
from lockstep.embedded.data_dir import DataDir
from lockstep.embedded.servers import embedded_servers
from lockstep.migrations import migrate
from lockstep.node_process import NodeProcess
from lockstep.port import listen
from lockstep.settings import EmbeddedSettings, Settings, SettingsError, read_settings
from lockstep.settings_fields import LOOPBACK_HOSTS
from tracker import redis_link
from tracker.announcements import Announcer
from tracker.database import create_engine


@dataclass(frozen=True, slots=True)
class EmbeddedForm:
    """What runs: the nodes, the settings that all of them share, and whether the demo is there to look at."""

    settings: Settings
    nodes: tuple[NodeProcess, ...]
    has_demo: bool


@contextmanager
def embedded_form(settings: EmbeddedSettings, node_count: int) -> Iterator[EmbeddedForm]:
    """Run everything for as long as the block: the servers, and nodes on PORT and the ports after it.

    At the end the nodes drain while the servers still answer; then the servers stop. Raises `SettingsError`,
    `EmbeddedServerError` or `NodeFailedError`.
    """
    ports = range(settings.port, settings.port + node_count)
    for port in ports:
        # Before anything is started, so that a port in use is the first thing to be told.
        listen(settings.host, port).close()
    data_dir = DataDir(settings.data_dir)
    with ExitStack() as stack:
        database_url, redis_url = stack.enter_context(_servers(settings, data_dir))
        environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": (settings.secret_key or data_dir.secret_key()).get_secret_value(),
            "PUBLIC_URL": settings.public_url or f"http://127.0.0.1:{settings.port}",
            "EXTRA_ORIGINS": ",".join([*settings.extra_origins, *_local_origins(ports)]),
            "LOG_FORMAT": settings.log_format,
            "DRAIN_SECONDS": str(settings.drain_seconds),
        }
        stack.enter_context(data_dir.published(environment))
        complete = read_settings(Settings, data_dir.environment_file)
        migrate(complete.database_url)
        has_demo = is_private(complete)
        if has_demo:
            asyncio.run(seed(complete))
        nodes = stack.enter_context(_nodes(environment, complete, ports))
        yield EmbeddedForm(complete, nodes, has_demo)


@contextmanager
def _servers(settings: EmbeddedSettings, data_dir: DataDir) -> Iterator[tuple[str, str]]:
    """The addresses of the database and of Redis: those that were given, or those of our own servers."""
    if settings.database_url and settings.redis_url:
        with data_dir.lock():
            yield settings.database_url, settings.redis_url
    elif settings.database_url or settings.redis_url:
        raise SettingsError("DATABASE_URL and REDIS_URL go together: set both, or neither to have servers started.")
    else:
        with embedded_servers(data_dir) as servers:
            yield servers.postgres.url(), servers.valkey.url


@contextmanager
def _nodes(environment: Mapping[str, str], settings: Settings, ports: range) -> Iterator[tuple[NodeProcess, ...]]:
    with ExitStack() as stack:
        nodes = []
        for port in ports:
            node = NodeProcess(environment, settings.host, port)
            stack.callback(node.wait_until_stopped, settings.drain_seconds)
            nodes.append(node)
        for node in nodes:
            # All of them are asked before the first is waited for, so that they drain at the same time.
            stack.callback(node.ask_to_stop)
        for node in nodes:
            node.wait_until_ready()
        yield tuple(nodes)


def _local_origins(ports: range) -> list[str]:
    return [f"http://{host}:{port}" for host in ("127.0.0.1", "localhost") for port in ports]


def is_private(settings: Settings) -> bool:
    """Whether only this machine reaches the nodes. The demo's passwords are known, so it is for nowhere else."""
    return {settings.host, urlsplit(settings.public_url).hostname} <= LOOPBACK_HOSTS


async def seed(settings: Settings) -> bool:
    """Fill the database with the demo, and tell whether it was not there before."""
    engine = create_engine(settings.database_url)
    redis = redis_link.link(settings.redis_url)
    try:
        return await seed_demo(engine, Announcer(redis))
    finally:
        await redis.aclose()
        await engine.dispose()
