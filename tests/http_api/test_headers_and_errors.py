import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from httpx import ASGITransport, AsyncClient
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from starlette.types import Receive, Scope, Send

from http_api.config import ApiConfig
from http_api.deadline import Deadline
from http_api.routes import devices
from tests.http_api.node import PASSWORD, Browser, Node, error_code
from tracker.database import driver_lent
from tracker.identity import Identity

EXPECTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


async def test_every_answer_carries_the_headers_errors_too(node: Node, ada: Browser) -> None:
    answers = [
        await ada.get("/account"),
        await ada.get("/nothing"),
        await ada.call("PATCH", "/account"),
        await node.browser().get("/account"),
        await node.browser().post("/session", {}),
        await ada.get("/openapi.json"),
    ]
    for response in answers:
        assert EXPECTED.items() <= dict(response.headers).items()
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy
        assert "server" not in response.headers
        assert "strict-transport-security" not in response.headers
    assert len({response.headers["x-request-id"] for response in answers}) == len(answers)


async def test_a_request_id_from_outside_is_not_taken(ada: Browser) -> None:
    response = await ada.get("/account", headers={"X-Request-Id": "forged"})
    assert response.headers["x-request-id"] != "forged"


async def test_a_foreign_page_is_granted_nothing(ada: Browser) -> None:
    for method in ("GET", "OPTIONS"):
        headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
        response = await ada.call(method, "/account", headers=headers)
        assert not [name for name in response.headers if name.startswith("access-control")]


async def test_over_tls_browsers_are_told_to_stay_and_the_cookie_with_them(
    config: ApiConfig, engine: AsyncEngine, redis: Redis, redis_url: str, database_url: str
) -> None:
    origin = "https://lockstep.test"
    tls = replace(config, public_url=origin, allowed_origins=frozenset({origin}), secure_cookies=True)
    async with Node.running(tls, engine, redis) as node:
        body = {"email": "ada@example.org", "name": "Ada", "password": PASSWORD}
        response = await node.browser().post("/accounts", body)
        assert int(response.headers["strict-transport-security"].removeprefix("max-age=")) >= 31_536_000
        assert "secure" in response.headers["set-cookie"].lower().split("; ")


async def test_what_nobody_foresaw_is_a_shaped_500_that_tells_nothing(
    node: Node, ada: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(token: str) -> None:
        raise ZeroDivisionError("the inside of the server")

    monkeypatch.setattr(type(node.parts.gate), "authenticate", staticmethod(broken))
    response = await ada.get("/account")
    assert (response.status_code, error_code(response)) == (500, "internal")
    assert response.json()["error"]["request_id"] == response.headers["x-request-id"]
    assert "inside" not in response.text
    assert EXPECTED.items() <= dict(response.headers).items()
    assert "the inside of the server" in caplog.text


async def test_a_mistake_in_a_statement_is_no_outage(node: Node, ada: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    async def mistaken(token: str) -> None:
        async with node.engine.connect() as connection:
            await connection.execute(text("SELECT nothing FROM nowhere"))

    monkeypatch.setattr(type(node.parts.gate), "authenticate", staticmethod(mistaken))
    assert error_code(await ada.get("/account")) == "internal"


async def test_a_connection_that_breaks_is_unavailable_and_the_next_call_works(node: Node, ada: Browser) -> None:
    await asyncio.gather(*(ada.get("/account") for _ in range(4)))  # so that several connections are open
    terminated = await node.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    assert terminated
    statuses = {(await ada.get("/account")).status_code for _ in range(2 * len(terminated) + 2)}
    assert statuses <= {200, 503}
    assert (await ada.get("/account")).status_code == 200


async def test_the_reference_is_a_page_without_a_script(ada: Browser) -> None:
    response = await ada.get("/docs")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "<script" not in response.text
    assert "script-src" not in response.headers["content-security-policy"]
    for path in ("/api/session/refresh", "/api/boards/{board_id}/changes", "record_id", "current_password"):
        assert path in response.text


@pytest.mark.parametrize(
    "statement", ["UPDATE security_audit SET act = 'x'", "DELETE FROM security_audit", "TRUNCATE security_audit"]
)
async def test_the_audit_cannot_be_edited(node: Node, ada: Browser, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        await node.sql(statement)
    assert len(await node.audit("account_created")) == 1


async def test_the_audit_holds_no_secret(node: Node, ada: Browser) -> None:
    await node.browser().post("/session", {"email": "ada@example.org", "password": "hunter2 hunter2"})
    await node.browser().post("/session", {"email": "hunter2@example.org", "password": "hunter2 hunter2"})
    await ada.refresh()
    rows = " ".join(str(row) for row in await node.sql("SELECT * FROM security_audit"))
    for secret in ("hunter2", PASSWORD, ada.token, ada.cookie):
        assert secret not in rows


async def test_a_call_that_takes_too_long_may_be_made_again() -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            broken_off.set()

    began, broken_off = asyncio.Event(), asyncio.Event()
    async with AsyncClient(transport=ASGITransport(Deadline(slow, seconds=0.05)), base_url="http://test") as http:
        answer = await http.post("/commands", content=b"{}")
    assert began.is_set()
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "unavailable"
    await broken_off.wait()


async def test_an_answer_that_has_begun_is_let_finish() -> None:
    async def long(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(0.1)
        await send({"type": "http.response.body", "body": b"all of it"})

    async with AsyncClient(transport=ASGITransport(Deadline(long, seconds=0.05)), base_url="http://test") as http:
        answer = await http.get("/boards")
    assert (answer.status_code, answer.content) == (200, b"all of it")


@pytest.mark.parametrize("state", ["53100", "25006", "57P01", "55P03", "40P01"])
async def test_what_the_database_cannot_do_just_now_may_be_asked_again(
    node: Node, ada: Browser, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    async def cannot(connection: AsyncConnection, *_: object) -> None:
        statement = f"DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '{state}'; END $$"
        await connection.execute(text(statement))

    monkeypatch.setattr(devices, "sessions_of", cannot)
    answer = await ada.get("/sessions")
    assert (answer.status_code, error_code(answer)) == (503, "unavailable")


def _driver_that_says(node: Node, state: str) -> Callable[[str], Awaitable[Identity]]:
    async def ask(_token: str) -> Identity:
        async with driver_lent(node.engine) as connection:
            if state == "closed":
                await connection.close()
                await connection.fetch("SELECT 1")
            elif state == "misused":
                await connection.fetch("SELECT $1::int", "one")
            else:
                await connection.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$")
        raise AssertionError

    return ask


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("53100", (503, "unavailable")),
        ("57P01", (503, "unavailable")),
        ("closed", (503, "unavailable")),
        ("42P01", (500, "internal")),
        ("misused", (500, "internal")),
    ],
)
async def test_what_was_asked_without_sqlalchemy_may_be_asked_again_unless_it_is_a_mistake_of_ours(
    node: Node, ada: Browser, monkeypatch: pytest.MonkeyPatch, state: str, expected: tuple[int, str]
) -> None:
    monkeypatch.setattr(type(node.parts.gate), "authenticate", staticmethod(_driver_that_says(node, state)))
    answer = await ada.get("/account")
    assert (answer.status_code, error_code(answer)) == expected
