"""Real nodes in this process: each with its own door, feed and port, on one PostgreSQL and one Valkey."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack

import pytest
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from lockstep.embedded.account import server_account
from lockstep.embedded.valkey import EmbeddedValkey
from tests.realtime.running_node import RunningNode, TestGate, run_node
from tests.tracker.world import Clock, World
from tracker.announcements import Announcer
from tracker.execute import Door
from tracker.redis_link import connect

StartNode = Callable[..., Awaitable[RunningNode]]


@pytest.fixture
async def gate() -> TestGate:
    return TestGate()


@pytest.fixture
async def start_node(engine: AsyncEngine, redis_url: str, gate: TestGate) -> AsyncIterator[StartNode]:
    async with AsyncExitStack() as stack:

        async def start(**options: object) -> RunningNode:
            url = options.pop("redis_url", redis_url)
            return await stack.enter_async_context(run_node(engine, str(url), gate, **options))

        yield start


@pytest.fixture
async def node(start_node: StartNode) -> RunningNode:
    return await start_node()


@pytest.fixture
async def world(engine: AsyncEngine, redis_url: str) -> AsyncIterator[World]:
    """Somebody who writes from elsewhere: a door that is no node's."""
    redis = connect(redis_url)
    announcer = Announcer(redis)
    announcer.start()
    door = Door(engine, announcer, Clock())
    door.start()
    yield World(engine, door)
    await door.stop()
    await announcer.stop()
    await redis.aclose()


class Mute(Announcer):
    """Redis takes every announcement and hands on none."""

    def announce(self, announcements: object) -> None: ...


@pytest.fixture
async def mute_world(engine: AsyncEngine, redis: Redis) -> AsyncIterator[World]:
    """Somebody whose node ends each time between COMMIT and announcement."""
    door = Door(engine, Mute(redis))
    door.start()
    yield World(engine, door)
    await door.stop()


@pytest.fixture
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedValkey]:
    """A Valkey of the test's own, to be killed."""
    account = server_account()
    directory = tmp_path_factory.mktemp("valkey")
    account.open_way_to(directory)
    account.own(directory)
    server = EmbeddedValkey(directory / "data", directory, account)
    server.start()
    yield server
    server.stop()
