"""What the doctor finds when a part is missing or wrong."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from loadtests.ports import free_ports
from lockstep import doctor
from lockstep.doctor import Finding, examine
from lockstep.embedded.servers import EmbeddedServers
from lockstep.settings import Settings
from tests.conftest import SECRET_KEY
from tracker.database import create_engine


@pytest.fixture
def settings(database_url: str, redis_url: str) -> Settings:
    return Settings.model_validate(
        {
            "database_url": database_url,
            "redis_url": redis_url,
            "secret_key": SECRET_KEY,
            "public_url": f"http://127.0.0.1:{free_ports(1)[0]}",
        }
    )


async def findings(settings: Settings, **changed: str) -> dict[str, Finding]:
    changed_settings = settings.model_copy(update=changed)
    return {finding.part: finding async for finding in examine(changed_settings)}


async def test_what_works_is_ok(settings: Settings) -> None:
    found = await findings(settings)
    assert {part: finding.is_ok for part, finding in found.items()} == {
        "database": True,
        "schema": True,
        "clock": True,
        "redis": True,
        "websocket": False,
    }


async def test_a_database_that_does_not_answer_does_not_hide_the_rest(settings: Settings) -> None:
    nowhere = f"postgresql+asyncpg://ada:k9-Xv2@127.0.0.1:{free_ports(1)[0]}/lockstep"
    found = await findings(settings, database_url=nowhere)
    assert not found["database"].is_ok
    assert found["database"].advice == "Start PostgreSQL, or correct DATABASE_URL."
    assert found["redis"].is_ok
    assert "k9-Xv2" not in str(found)


async def test_a_redis_that_does_not_answer_is_failed(settings: Settings) -> None:
    found = await findings(settings, redis_url=f"redis://:p7-Qw1@127.0.0.1:{free_ports(1)[0]}")
    assert not found["redis"].is_ok
    assert found["redis"].advice == "Start Redis or Valkey, or correct REDIS_URL."
    assert "p7-Qw1" not in str(found)


async def test_a_schema_of_a_newer_release_asks_for_that_release(
    settings: Settings, servers: EmbeddedServers, template_database: str
) -> None:
    servers.postgres.create_database("newer", template=template_database)
    engine = create_engine(servers.postgres.url("newer"))
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()

    found = await findings(settings, database_url=servers.postgres.url("newer"))

    assert not found["schema"].is_ok
    assert "which this program does not know" in found["schema"].what


async def test_clocks_that_are_apart_are_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class LateClock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(UTC) - timedelta(seconds=7)

    monkeypatch.setattr(doctor, "datetime", LateClock)
    found = await findings(settings)
    assert not found["clock"].is_ok
    assert "7.0 seconds apart" in found["clock"].what


async def test_a_part_that_never_answers_is_given_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "TIMEOUT_SECONDS", 0.2)
    never = asyncio.Event()

    async def stay_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await never.wait()
        writer.close()

    async with await asyncio.start_server(stay_silent, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        found = await findings(settings, public_url=f"http://127.0.0.1:{port}")
        never.set()
    assert found["websocket"].what == "no answer in 0.2 seconds"


@pytest.fixture
async def gateway() -> AsyncIterator[Callable[[str], Any]]:
    """A gateway that answers every call with the same HTTP status line."""
    servers = []

    async def start(status: str) -> str:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
            await writer.drain()
            writer.close()

        servers.append(await asyncio.start_server(answer, "127.0.0.1", 0))
        return f"http://127.0.0.1:{servers[-1].sockets[0].getsockname()[1]}"

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        ("426 Upgrade Required", "drops the upgrade"),
        ("404 Not Found", "does not send /ws to a node"),
        ("403 Forbidden", "does not take this origin"),
        ("502 Bad Gateway", "finds no node"),
        ("418 I'm a teapot", "Look at what answers"),
    ],
)
async def test_what_a_gateway_does_wrong_is_named(
    settings: Settings, gateway: Callable[[str], Any], status: str, advice: str
) -> None:
    found = await findings(settings, public_url=await gateway(status))
    assert not found["websocket"].is_ok
    assert advice in found["websocket"].advice
