import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from http_api.passwords import Passwords
from tests.http_api.node import ORIGIN, PASSWORD, Browser, Node, error_code


async def test_signing_up_makes_an_account_a_session_and_a_personal_board(node: Node) -> None:
    browser = node.browser()
    response = await browser.post("/accounts", {"email": " Ada@Example.ORG ", "name": " Ada ", "password": PASSWORD})
    assert response.status_code == 201
    answer = response.json()
    assert answer["account"].keys() == {"id", "email", "name", "created_at"}
    assert (answer["account"]["email"], answer["account"]["name"]) == ("ada@example.org", "Ada")
    assert answer["account"]["created_at"].endswith("Z")
    assert 599 <= answer["expires_in"] <= 600
    browser.token = answer["access_token"]
    [board] = (await browser.get("/boards")).json()["boards"]
    assert (board["board_id"], board["kind"], board["role"]) == (answer["account"]["id"], "personal", "owner")


async def test_the_refresh_token_is_only_in_a_cookie_for_the_sessions_own_paths(node: Node) -> None:
    browser = node.browser()
    response = await browser.post("/accounts", {"email": "ada@example.org", "name": "Ada", "password": PASSWORD})
    cookie = response.headers["set-cookie"]
    attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/api/session"} <= attributes
    assert browser.cookie not in response.text
    assert "secure" not in cookie.lower()


async def test_an_address_belongs_to_one_account(node: Node, ada: Browser) -> None:
    body = {"email": "ADA@example.org", "name": "Eve", "password": PASSWORD}
    response = await node.browser().post("/accounts", body)
    assert (response.status_code, error_code(response)) == (409, "email_taken")
    assert len(await node.audit("sign_up_refused")) == 1
    assert "set-cookie" not in response.headers


async def test_of_two_who_want_one_address_at_once_one_gets_it(node: Node) -> None:
    body = {"email": "ada@example.org", "name": "Ada", "password": PASSWORD}
    responses = await asyncio.gather(*(node.browser().post("/accounts", body) for _ in range(4)))
    assert sorted(response.status_code for response in responses) == [201, 409, 409, 409]
    assert len(await node.sql("SELECT id FROM accounts")) == 1


async def test_my_account_is_shown_to_me(ada: Browser) -> None:
    response = await ada.get("/account")
    assert response.json()["account"]["email"] == "ada@example.org"
    assert UUID(response.json()["account"]["id"]) == ada.account_id


async def test_the_password_is_kept_as_argon2id_at_owasps_least_cost(node: Node, ada: Browser) -> None:
    [(kept,)] = await node.sql("SELECT password_hash FROM accounts")
    _, kind, _, costs, _, _ = kept.split("$")
    cost = dict(part.split("=") for part in costs.split(","))
    assert kind == "argon2id"
    assert int(cost["m"]) >= 19_456
    assert int(cost["t"]) >= 2


async def test_passwords_equal_in_their_first_72_bytes_do_not_open_each_other(node: Node) -> None:
    start = "p" * 80
    body = {"email": "ada@example.org", "name": "Ada", "password": start + "one"}
    assert (await node.browser().post("/accounts", body)).status_code == 201
    response = await node.browser().post("/session", {"email": "ada@example.org", "password": start + "two"})
    assert (response.status_code, error_code(response)) == (401, "wrong_credentials")


async def test_a_password_is_the_same_however_the_keyboard_composes_it(node: Node) -> None:
    composed, decomposed = "caf\u00e9 au lait", "cafe\u0301 au lait"
    body = {"email": "ada@example.org", "name": "Ada", "password": composed}
    assert (await node.browser().post("/accounts", body)).status_code == 201
    await node.browser().signed_in("ada@example.org", decomposed)


async def test_changing_the_password_ends_all_other_sessions(node: Node, ada: Browser) -> None:
    phone = await node.browser().signed_in("ada@example.org")
    body = {"current_password": PASSWORD, "new_password": "another long secret"}
    assert (await ada.post("/account/password", body)).status_code == 204
    assert error_code(await phone.get("/account")) == "not_authenticated"
    assert error_code(await phone.refresh()) == "session_ended"
    assert (await ada.get("/account")).status_code == 200
    assert (await ada.refresh()).status_code == 200
    old = await node.browser().post("/session", {"email": "ada@example.org", "password": PASSWORD})
    assert error_code(old) == "wrong_credentials"
    await node.browser().signed_in("ada@example.org", "another long secret")
    assert len(await node.audit("password_changed")) == 1


async def test_changing_the_password_takes_the_current_one(node: Node, ada: Browser) -> None:
    body = {"current_password": "not the right one", "new_password": "another long secret"}
    response = await ada.post("/account/password", body)
    assert (response.status_code, error_code(response)) == (403, "wrong_credentials")
    await node.browser().signed_in("ada@example.org", PASSWORD)
    [record] = await node.audit("password_change_refused")
    assert record.actor == ada.account_id


def while_it_is_checked(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], Awaitable[object]]) -> None:
    """Let something happen after the next password was found right, before the answer is known."""
    matches = Passwords.matches

    async def matches_slowly(self: Passwords, password: str, password_hash: str | None) -> bool:
        is_right = await matches(self, password, password_hash)
        monkeypatch.setattr(Passwords, "matches", matches)
        await happens()
        return is_right

    monkeypatch.setattr(Passwords, "matches", matches_slowly)


async def test_of_two_changes_of_one_password_at_once_one_is_done(
    node: Node, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = ({"current_password": PASSWORD, "new_password": f"another battery {n}"} for n in (1, 2))
    while_it_is_checked(monkeypatch, lambda: ada.post("/account/password", first))
    response = await ada.post("/account/password", second)
    assert (response.status_code, error_code(response)) == (503, "unavailable")
    await node.browser().signed_in("ada@example.org", "another battery 1")


@pytest.mark.parametrize("fate", ["changed", "disabled"])
async def test_a_sign_in_with_a_password_that_is_changed_meanwhile_fails(
    fate: str, node: Node, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = {"current_password": PASSWORD, "new_password": "another battery"}

    async def change_it() -> None:
        if fate == "changed":
            await ada.post("/account/password", change)
        else:
            await node.sql("UPDATE accounts SET disabled_at = now()")

    while_it_is_checked(monkeypatch, change_it)
    response = await node.browser().post("/session", {"email": "ada@example.org", "password": PASSWORD})
    assert (response.status_code, error_code(response)) == (401, "wrong_credentials")
    assert len(await node.sql("SELECT id FROM account_sessions WHERE ended_at IS NULL")) == 1, "Ada's own"


async def test_an_account_is_made_from_our_own_pages_or_from_a_program(node: Node) -> None:
    body = {"email": "ada@example.org", "name": "Ada", "password": PASSWORD}
    foreign = await node.browser().post("/accounts", body, headers={"Origin": "https://evil.example"})
    assert (foreign.status_code, error_code(foreign)) == (403, "origin_refused")
    program = node.browser()
    del program.client.headers["Origin"]
    assert (await program.post("/accounts", body)).status_code == 201
    assert ORIGIN not in program.client.headers.values()
