import os
import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.schema import metadata
from lockstep.embedded.servers import EmbeddedServers

ROOT = Path(__file__).resolve().parents[2]


async def test_the_tables_are_as_the_migrations_left_them(engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or name in metadata.tables},
        )
        return list(compare_metadata(context, metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def alembic(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=ROOT,
        env=known | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_migrations_run_forth_and_back_from_the_environment(servers: EmbeddedServers) -> None:
    servers.postgres.create_database("forth_and_back")
    url = servers.postgres.url("forth_and_back").replace("postgresql+asyncpg://", "postgresql://")
    for arguments in (("upgrade", "head"), ("downgrade", "base"), ("upgrade", "head")):
        ran = alembic(*arguments, DATABASE_URL=url)
        assert ran.returncode == 0, ran.stderr


def test_without_a_database_the_migrations_say_so() -> None:
    ran = alembic("upgrade", "head")
    assert ran.returncode != 0
    assert "DATABASE_URL is not set" in ran.stderr


def test_the_migrations_can_be_printed() -> None:
    ran = alembic("upgrade", "head", "--sql")
    assert ran.returncode == 0, ran.stderr
    assert "CREATE TABLE security_audit" in ran.stdout
