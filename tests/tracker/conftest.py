"""A door on the real database, and a furnished board behind it."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.tracker.world import Clock, Furnished, World, furnish
from tracker.announcements import Announcer
from tracker.execute import Door


@pytest.fixture
async def door(engine: AsyncEngine, redis: Redis) -> AsyncIterator[Door]:
    announcer = Announcer(redis)
    announcer.start()
    door = Door(engine, announcer, Clock())
    door.start()
    yield door
    await door.stop()
    await announcer.stop()


@pytest.fixture
async def world(engine: AsyncEngine, door: Door) -> World:
    return World(engine, door)


@pytest.fixture
async def furnished(world: World) -> Furnished:
    return await furnish(world)
