"""What every test can ask for: a real PostgreSQL built by the migrations, and a real Valkey.

Each pytest-xdist worker has its own pair of servers, so nothing of one worker, not even an announcement,
reaches another. The database is emptied after every test that asked for it.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from loadtests.ports import free_ports
from lockstep.embedded.data_dir import DataDir
from lockstep.embedded.servers import EmbeddedServers, embedded_servers
from lockstep.migrations import migrate
from lockstep.node_process import NodeProcess
from tracker.database import create_engine

TEMPLATE_DATABASE = "lockstep_template"
TEST_DATABASE = "lockstep_test"
SECRET_KEY = "Zt8vQ2mXw4Lr6Ns1Kp9Yb3Hc7Jd5Gf0A"
MAX_NODES = 4

StartNode = Callable[..., NodeProcess]


@pytest.fixture(scope="session")
def servers() -> Iterator[EmbeddedServers]:
    """The embedded PostgreSQL and Valkey, on a data directory of their own."""
    with (
        tempfile.TemporaryDirectory(prefix="lockstep-tests-") as directory,
        embedded_servers(DataDir(Path(directory))) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def template_database(servers: EmbeddedServers) -> str:
    """The name of a database that the real migrations have built and nobody writes to."""
    servers.postgres.create_database(TEMPLATE_DATABASE)
    migrate(servers.postgres.url(TEMPLATE_DATABASE))
    return TEMPLATE_DATABASE


@pytest.fixture(scope="session")
def database_url(servers: EmbeddedServers, template_database: str) -> str:
    """The address of the migrated database, for `DATABASE_URL` and for SQLAlchemy."""
    servers.postgres.create_database(TEST_DATABASE, template=template_database)
    return servers.postgres.url(TEST_DATABASE)


@pytest.fixture(scope="session")
def redis_url(servers: EmbeddedServers) -> str:
    """The address of the Valkey, for `REDIS_URL` and for redis-py."""
    return servers.valkey.url


@pytest.fixture(scope="session")
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """A pool of connections to the migrated database."""
    engine = create_engine(database_url, pool_size=20)
    yield engine
    await engine.dispose()


@pytest.fixture(scope="session")
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    """A connection to the Valkey, for tests that look at it from outside."""
    async with Redis.from_url(redis_url) as connection:
        yield connection


@pytest.fixture
def start_node(database_url: str, redis_url: str) -> Iterator[StartNode]:
    """Start real nodes, each a process on a port of its own: `node = start_node(RATE_LIMITS="on")`."""
    with nodes_on(database_url, redis_url) as start:
        yield start


@contextmanager
def nodes_on(database_url: str, redis_url: str) -> Iterator[StartNode]:
    """A way to start nodes that share a database and a Valkey, and accept the origins of each other.

    They are stopped at the end of the block. Starting one takes seconds: tests that do not end theirs share one.
    """
    with ExitStack() as stack:
        ports = list(free_ports(MAX_NODES))
        origins = [f"http://127.0.0.1:{port}" for port in ports]
        shared = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": SECRET_KEY,
            "PUBLIC_URL": origins[0],
            "EXTRA_ORIGINS": ",".join(origins[1:]),
            "DATABASE_POOL_SIZE": "10",
            "RATE_LIMITS": "off",
            "DRAIN_SECONDS": "0.5",
        }

        def start(**settings: str) -> NodeProcess:
            node = NodeProcess({**shared, **settings}, "127.0.0.1", ports.pop(0))
            stack.callback(node.wait_until_stopped, drain_seconds=0.5)
            stack.callback(node.ask_to_stop)
            node.wait_until_ready()
            return node

        yield start


@pytest.fixture
def used_engine(request: pytest.FixtureRequest) -> AsyncEngine | None:
    """The engine, if the test can have written to the database."""
    return request.getfixturevalue("engine") if "database_url" in request.fixturenames else None


@pytest.fixture
def used_redis(request: pytest.FixtureRequest) -> Redis | None:
    """The connection to the Valkey, if the test can have written to it."""
    return request.getfixturevalue("redis") if "redis_url" in request.fixturenames else None


@pytest.fixture(autouse=True)
async def _emptied(used_engine: AsyncEngine | None, used_redis: Redis | None) -> AsyncIterator[None]:
    """Empty what the test used. Set up first, so that it runs after a test's own nodes have stopped."""
    yield
    if used_engine is not None:
        await _empty_database(used_engine)
    if used_redis is not None:
        await used_redis.flushall()


async def _empty_database(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        # A test that left a transaction open fails here and now, by name.
        await connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        # Switches triggers off: the one that keeps the audit log from being emptied is right, but not here.
        await connection.execute(text("SET LOCAL session_replication_role = 'replica'"))
        await connection.execute(
            text(
                """
                DO $$ DECLARE name text; BEGIN
                    -- Deleted and not truncated: a few rows go much faster than twenty new files.
                    FOR name IN SELECT quote_ident(tablename) FROM pg_tables
                        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
                    LOOP
                        EXECUTE 'DELETE FROM ' || name;
                    END LOOP;
                END $$
                """
            )
        )
