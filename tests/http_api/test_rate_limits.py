import asyncio
from dataclasses import replace
from ipaddress import ip_network

import pytest
from httpx import Response
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api import rate_limits, redis_rest
from http_api.config import ApiConfig
from http_api.errors import ApiError
from http_api.limits import REFRESH, SIGN_IN_ANYWHERE
from http_api.rate_limits import Limit, RateLimits
from http_api.routes import session
from tests.http_api.node import PASSWORD, Node, error_code
from tracker.redis_link import connect

LIMIT = Limit("test", burst=3, interval_seconds=0.5)
NOWHERE = "redis://127.0.0.1:1"


async def taken(limits: RateLimits, times: int, key: str = "k", limit: Limit = LIMIT) -> int:
    """How many of so many calls were let through."""
    passed = 0
    for _ in range(times):
        try:
            await limits.take(limit, key)
        except ApiError:
            continue
        passed += 1
    return passed


async def test_a_burst_passes_and_then_no_more(redis: Redis, redis_url: str) -> None:
    limits = RateLimits(redis, is_on=True)
    assert await taken(limits, 5) == 3
    assert await taken(limits, 5, "another") == 3


async def test_whoever_waits_as_long_as_told_is_let_in_again(redis: Redis, redis_url: str) -> None:
    limits = RateLimits(redis, is_on=True)
    await taken(limits, 3)
    with pytest.raises(ApiError) as refused:
        await limits.take(LIMIT, "k")
    assert refused.value.status_code == 429
    assert refused.value.headers == {"Retry-After": "1"}
    assert refused.value.extra == {"retry_after_seconds": 1}
    await asyncio.sleep(1)
    await limits.take(LIMIT, "k")


async def test_all_nodes_count_together(redis: Redis, redis_url: str) -> None:
    async with connect(redis_url) as other:
        nodes = [RateLimits(redis, is_on=True), RateLimits(other, is_on=True)]
        slow = replace(LIMIT, interval_seconds=60)
        passed = await asyncio.gather(*(taken(node, 3, limit=slow) for node in nodes))
    assert sum(passed) == 3


async def test_what_is_counted_is_forgotten_when_it_no_longer_matters(redis: Redis, redis_url: str) -> None:
    await RateLimits(redis, is_on=True).take(LIMIT, "k")
    [key] = await redis.keys()
    assert 0 < await redis.pttl(key) <= 500


async def test_what_was_forgiven_is_counted_anew(redis: Redis, redis_url: str) -> None:
    limits = RateLimits(redis, is_on=True)
    await taken(limits, 3)
    await limits.forgive(LIMIT, "k")
    assert await taken(limits, 5) == 3


async def test_limits_can_be_switched_off(redis: Redis, redis_url: str) -> None:
    limits = RateLimits(redis, is_on=False)
    assert await taken(limits, 50) == 50
    await limits.forgive(LIMIT, "k")
    assert await redis.keys() == []


async def test_a_node_without_redis_counts_alone() -> None:
    async with connect(NOWHERE) as nobody:
        limits = RateLimits(nobody, is_on=True)
        slow = replace(LIMIT, interval_seconds=60)
        assert await taken(limits, 5, limit=slow) == 3
        assert await taken(limits, 5, "another", slow) == 3
        await limits.forgive(slow, "k")
        assert await taken(limits, 5, limit=slow) == 3
        assert not await limits.redis_answers()


async def test_redis_is_asked_again_after_a_pause(
    redis: Redis, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_rest, "PAUSE_SECONDS", 0.0)
    limits = RateLimits(redis, is_on=True)
    async with connect(NOWHERE) as nobody:
        limits._redis, there = nobody, limits._redis
        await limits.take(LIMIT, "k")
        await limits.forgive(LIMIT, "k")
        assert await redis.keys() == []
        limits._redis = there
    await limits.take(LIMIT, "k")
    assert len(await redis.keys()) == 1


async def test_counting_alone_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "LOCAL_KEYS", 10)
    async with connect(NOWHERE) as nobody:
        limits = RateLimits(nobody, is_on=True)
        for n in range(100):
            await limits.take(replace(LIMIT, interval_seconds=60), str(n))
        assert len(limits._local._full_at) <= 10


async def attack(node: Node, times: int, **headers: str) -> list[Response]:
    """Guess Ada's password from one address, under a new name each time."""
    return [
        await node.browser("203.0.113.5", **{"X-Forwarded-For": f"198.51.100.{n}", **headers}).post(
            "/session", {"email": "ada@example.org", "password": f"wrong password {n}"}
        )
        for n in range(times)
    ]


async def test_guessing_a_password_is_stopped_and_its_owner_elsewhere_is_not(limited_node: Node) -> None:
    await limited_node.browser().signed_up("ada@example.org", "Ada")
    responses = await attack(limited_node, 12)
    assert [response.status_code for response in responses[:8]] == [401] * 8
    assert {response.status_code for response in responses[8:]} == {429}
    assert error_code(responses[-1]) == "rate_limited"
    assert 1 <= int(responses[-1].headers["retry-after"]) <= 60
    await limited_node.browser("198.51.100.200").signed_in("ada@example.org", PASSWORD)


async def test_addresses_of_one_ipv6_household_count_together(limited_node: Node) -> None:
    body = {"email": "ada@example.org", "password": "wrong password"}
    statuses = [
        (await limited_node.browser(f"2001:db8:1:2::{n:x}").post("/session", body)).status_code for n in range(1, 12)
    ]
    assert statuses == [401] * 8 + [429] * 3
    assert (await limited_node.browser("2001:db8:1:3::1").post("/session", body)).status_code == 401


async def test_the_right_password_forgives_the_wrong_ones(limited_node: Node) -> None:
    browser = await limited_node.browser("203.0.113.5").signed_up("ada@example.org", "Ada")
    for _ in range(3):
        statuses = [response.status_code for response in await attack(limited_node, 5)]
        assert statuses == [401] * 5
        await browser.signed_in("ada@example.org", PASSWORD)


async def test_an_unknown_address_is_limited_like_a_known_one(limited_node: Node) -> None:
    assert [response.status_code for response in await attack(limited_node, 10)] == [401] * 8 + [429] * 2


async def test_behind_a_trusted_proxy_each_client_counts_for_itself(
    config: ApiConfig, engine: AsyncEngine, redis_url: str
) -> None:
    trusting = replace(config, rate_limits=True, trusted_proxies=(ip_network("203.0.113.0/24"),))
    async with connect(redis_url) as link, Node.running(trusting, engine, link) as node:
        assert {response.status_code for response in await attack(node, 12)} == {401}


async def test_signing_up_is_limited_and_taken_addresses_count(limited_node: Node) -> None:
    body = {"email": "ada@example.org", "name": "Ada", "password": PASSWORD}
    statuses = [(await limited_node.browser().post("/accounts", body)).status_code for _ in range(32)]
    assert statuses == [201] + [409] * 29 + [429] * 2


async def test_guessing_one_password_from_many_places_is_slow_too(
    limited_node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "SIGN_IN_ANYWHERE", replace(SIGN_IN_ANYWHERE, burst=3))
    body = {"email": "ada@example.org", "password": "wrong password"}
    statuses = [(await limited_node.browser(f"198.51.100.{n}").post("/session", body)).status_code for n in range(1, 6)]
    assert statuses == [401] * 3 + [429] * 2


async def test_going_on_is_limited(limited_node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "REFRESH", replace(REFRESH, burst=2, interval_seconds=60))
    browser = await limited_node.browser().signed_up("ada@example.org", "Ada")
    assert [(await browser.refresh()).status_code for _ in range(3)] == [200, 200, 429]


async def test_redis_holds_no_addresses_of_people(limited_node: Node, redis: Redis) -> None:
    await attack(limited_node, 1)
    assert not [key for key in await redis.keys() if b"ada" in key]
