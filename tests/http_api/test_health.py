from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from http_api.config import ApiConfig
from tests.http_api.node import Browser, Node
from tracker.redis_link import connect


async def test_a_node_with_all_it_needs_is_ready(node: Node) -> None:
    response = await node.browser().get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "schema_state": "ok",
        "redis": "ok",
        "draining": False,
    }


async def test_a_node_that_drains_is_alive_and_not_ready(node: Node) -> None:
    node.is_draining = True
    response = await node.browser().get("/health/ready")
    assert (response.status_code, response.json()["status"]) == (503, "down")
    assert (await node.browser().get("/health/live")).json() == {"status": "ok"}


async def test_without_redis_a_node_still_works(config: ApiConfig, engine: AsyncEngine, database_url: str) -> None:
    limited = replace(config, rate_limits=True)
    async with connect("redis://127.0.0.1:1") as nobody, Node.running(limited, engine, nobody) as node:
        response = await node.browser().get("/health/ready")
        assert (response.status_code, response.json()["status"], response.json()["redis"]) == (200, "degraded", "down")
        ada = await node.browser().signed_up("ada@example.org", "Ada")
        assert (await ada.delete("/session")).status_code == 204


async def test_a_node_that_does_not_hear_what_is_announced_is_degraded_and_ready(node: Node) -> None:
    node.hears_announcements = False
    response = await node.browser().get("/health/ready")
    assert (response.status_code, response.json()["status"], response.json()["redis"]) == (200, "degraded", "deaf")


@pytest.fixture
async def orphan(config: ApiConfig, redis: Redis, redis_url: str) -> AsyncIterator[Node]:
    """A node whose database is away."""
    engine = create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    async with Node.running(config, engine, redis) as node:
        yield node
    await engine.dispose()


async def test_without_its_database_a_node_is_down_but_alive(orphan: Node) -> None:
    response = await orphan.browser().get("/health/ready")
    assert (response.status_code, response.json()["database"]) == (503, "down")
    assert (await orphan.browser().get("/health/live")).status_code == 200


async def test_without_its_database_a_node_says_unavailable(orphan: Node) -> None:
    response = await orphan.browser().post("/session", {"email": "ada@example.org", "password": "correct horse"})
    assert (response.status_code, response.json()["error"]["code"]) == (503, "unavailable")
    assert response.headers["retry-after"] == "1"


@pytest.mark.parametrize(
    ("version", "state", "status"),
    [("0001", "behind", 503), ("9999", "ahead", 200), (None, "unknown", 503)],
)
async def test_the_schema_is_compared_with_what_the_program_knows(
    node: Node, version: str | None, state: str, status: int
) -> None:
    [(current,)] = await node.sql("SELECT version_num FROM alembic_version")
    if version is None:
        await node.sql("DELETE FROM alembic_version")
    else:
        await node.sql("UPDATE alembic_version SET version_num = :v", v=version)
    try:
        response = await node.browser().get("/health/ready")
    finally:
        await node.sql("DELETE FROM alembic_version")
        await node.sql("INSERT INTO alembic_version VALUES (:v)", v=current)
    assert (response.status_code, response.json()["schema_state"]) == (status, state)


async def test_a_database_that_nobody_has_migrated_is_unknown(node: Node) -> None:
    await node.sql("ALTER TABLE alembic_version RENAME TO elsewhere")
    try:
        response = await node.browser().get("/health/ready")
    finally:
        await node.sql("ALTER TABLE elsewhere RENAME TO alembic_version")
    assert (response.status_code, response.json()["schema_state"]) == (503, "unknown")


async def test_metrics_name_routes_and_never_what_was_sent(node: Node, ada: Browser) -> None:
    await ada.get("/boards/11111111-1111-4111-8111-111111111111/snapshot")
    await ada.get("/a-secret-path")
    await ada.call("BREW", "/account")
    text = (await node.browser().get("/metrics")).text
    assert 'lockstep_http_requests_total{method="GET",route="/boards/{board_id}/snapshot",status="404"}' in text
    assert 'method="other"' in text
    assert "a-secret-path" not in text
    assert "11111111-1111" not in text
    assert "BREW" not in text
