import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from lockstep.embedded.servers import EmbeddedServers
from lockstep.migrations import current_version, known_versions, migrate
from tracker.database import create_engine


async def test_the_migrations_bring_a_database_to_the_version_of_the_code(
    engine: AsyncEngine, database_url: str
) -> None:
    async with engine.connect() as connection:
        assert await connection.run_sync(current_version) == known_versions()[-1]


async def test_an_empty_database_is_at_no_version(servers: EmbeddedServers) -> None:
    servers.postgres.create_database("empty")
    engine = create_engine(servers.postgres.url("empty"))
    async with engine.connect() as connection:
        assert await connection.run_sync(current_version) is None
    await engine.dispose()


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    migrate(database_url)


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_the_database_is_empty_again_in_the_next_test(engine: AsyncEngine, database_url: str, turn: str) -> None:
    async with engine.begin() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM board_heads")) == 0
        await connection.execute(text("INSERT INTO board_heads VALUES (gen_random_uuid(), gen_random_uuid(), 1, 0)"))
