"""What does not fit is answered with a typed error, never with a 500, and never shows what was sent."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from http_api.strict_body import BODY_LIMIT_BYTES
from tests.http_api.node import PASSWORD, Browser, Node, error_code

JSON = {"Content-Type": "application/json"}
GOOD = {"email": "ada@example.org", "name": "Ada", "password": PASSWORD}

BAD_BODIES: dict[str, bytes] = {
    "nothing": b"",
    "not JSON": b"{",
    "NaN": b'{"email": NaN}',
    "Infinity": b'{"email": -Infinity}',
    "a doubled key": b'{"email": "a@b", "email": "c@d"}',
    "100,000 arrays": b"[" * 60_000,
    "deep objects": b'{"a":' * 10_000,
    "not UTF-8": b'{"email": "\xff"}',
    "a lone surrogate": b'{"email": "a@b", "name": "\\ud800", "password": "correct horse"}',
    "a NUL": b'{"email": "a@b", "name": "\\u0000", "password": "correct horse"}',
    "a list": b"[]",
    "null": b"null",
    "a number": b"1e400",
    "a prototype": b'{"__proto__": {"a": 1}}',
}


async def test_a_body_that_is_no_call_is_422(node: Node) -> None:
    browser = node.browser()
    for name, body in BAD_BODIES.items():
        response = await browser.client.post("/api/accounts", content=body, headers=JSON)
        assert (name, response.status_code, error_code(response)) == (name, 422, "invalid")


async def test_a_body_that_is_no_command_is_400(ada: Browser) -> None:
    headers = JSON | {"Authorization": f"Bearer {ada.token}"}
    for name, body in BAD_BODIES.items():
        response = await ada.client.post("/api/commands", content=body, headers=headers)
        assert (name, response.status_code, error_code(response)) == (name, 400, "invalid")


BAD_FIELDS: list[tuple[dict[str, object], str]] = [
    ({"admin": True}, "admin"),
    ({"email": "nobody"}, "email"),
    ({"email": 7}, "email"),
    ({"email": "a" * 250 + "@b.org"}, "email"),
    ({"email": None}, "email"),
    ({"name": ""}, "name"),
    ({"name": "   "}, "name"),
    ({"name": "x" * 81}, "name"),
    ({"password": "too short"}, "password"),
    ({"password": "x" * 129}, "password"),
    ({"password": ["x" * 10]}, "password"),
]


async def test_a_field_that_does_not_fit_is_named(node: Node) -> None:
    browser = node.browser()
    for change, field in BAD_FIELDS:
        response = await browser.post("/accounts", GOOD | change)
        assert (change, response.status_code, error_code(response)) == (change, 422, "invalid")
        assert [problem["field"] for problem in response.json()["error"]["fields"]] == [field]


async def test_an_answer_never_repeats_a_password(node: Node, ada: Browser) -> None:
    secret = "hunter2!!"
    for response in (
        await node.browser().post("/accounts", GOOD | {"password": secret}),
        await node.browser().post("/accounts", GOOD | {"password": {"value": secret}}),
        await node.browser().post("/session", {"email": secret, "password": secret, "x": secret}),
        await ada.post("/account/password", {"current_password": secret, "new_password": secret}),
    ):
        assert response.status_code == 422
        assert secret not in response.text


async def test_a_password_of_a_megabyte_is_refused_without_hashing(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(node.parts.passwords, "_pool")  # hashing anything would raise
    body = {"email": "ada@example.org", "password": "x" * 1_048_576}
    response = await node.browser().post("/session", body)
    assert (response.status_code, error_code(response)) == (422, "too_large")
    response = await node.browser().post("/session", body | {"password": "x" * 129})
    assert (response.status_code, error_code(response)) == (422, "invalid")


async def test_a_body_that_grows_beyond_the_limit_is_cut_off(node: Node) -> None:
    pulled = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal pulled
        while pulled < 100 * BODY_LIMIT_BYTES:
            pulled += 4096
            yield b" " * 4096

    response = await node.browser().client.post("/api/session", content=endless(), headers=JSON)
    assert (response.status_code, error_code(response)) == (422, "too_large")


async def test_a_length_that_is_a_lie_is_refused(node: Node) -> None:
    headers = JSON | {"Content-Length": "lots"}
    response = await node.browser().client.post("/api/session", content=b"{}", headers=headers)
    assert (response.status_code, error_code(response)) == (422, "too_large")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_a_form_of_another_page_is_not_json(node: Node, content_type: str) -> None:
    body = b'{"email": "a@b.org", "password": "correct horse"}'
    headers = {"Content-Type": content_type}
    response = await node.browser().client.post("/api/session", content=body, headers=headers)
    assert (response.status_code, error_code(response)) == (422, "invalid")


async def test_many_unknown_keys_get_a_short_answer(node: Node) -> None:
    response = await node.browser().post("/accounts", {f"key{n}": 1 for n in range(4_000)})
    assert response.status_code == 422
    assert len(response.content) < 5_000


BAD_PATHS = [
    "/boards/not-an-id/snapshot",
    f"/boards/{uuid4()}/changes?after=-1",
    f"/boards/{uuid4()}/changes?after=1e3",
    f"/boards/{uuid4()}/changes?after=99999999999999999999",
    f"/boards/{uuid4()}/changes?limit=0",
    f"/boards/{uuid4()}/changes?limit=501",
    f"/boards/{uuid4()}/changes?record_id=x",
    f"/boards/{uuid4()}/changes?sort=seq",
]


async def test_a_path_or_query_that_does_not_fit_is_422(ada: Browser) -> None:
    for path in BAD_PATHS:
        response = await ada.get(path)
        assert (path, response.status_code, error_code(response)) == (path, 422, "invalid")


async def test_what_is_not_there_is_a_shaped_404_or_422(ada: Browser) -> None:
    for path in ("/nothing", "/", "/boards/", "/session/refresh/x", "/%00", "/boards/%ff/snapshot"):
        response = await ada.get(path)
        assert (path, error_code(response)) in ((path, "not_found"), (path, "invalid"))
        assert response.status_code in (404, 422)


async def test_another_method_is_a_shaped_405_that_names_the_right_one(ada: Browser) -> None:
    for path, allowed in (("/account", "GET"), ("/session", "DELETE, POST"), ("/docs", "GET")):
        response = await ada.call("PATCH", path)
        assert (response.status_code, error_code(response)) == (405, "method_not_allowed")
        assert response.headers["allow"] == allowed
