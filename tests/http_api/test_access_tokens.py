"""Forgeries. Each must be refused like a stranger, whatever it is made of."""

import base64
import json
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest

from http_api.access_tokens import AccessTokens
from tests.http_api.node import Browser, Node, error_code
from tracker.identity import NotAuthenticated

SECRET = "a secret for tests, of more than 32 bytes"
ISSUER = "http://lockstep.test"
TOKENS = AccessTokens(SECRET, ISSUER)
KEY: bytes = TOKENS._key
ACCOUNT, SESSION = uuid4(), uuid4()


def good_claims() -> dict[str, Any]:
    now = int(time.time())
    return {
        "iss": ISSUER,
        "aud": "lockstep",
        "sub": str(ACCOUNT),
        "sid": str(SESSION),
        "iat": now,
        "nbf": now,
        "exp": now + 600,
    }


def good_header() -> dict[str, Any]:
    return {"typ": "at+jwt", "kid": TOKENS._kid}


def forged(header: dict[str, Any] | None = None, key: bytes = KEY, alg: str = "HS256", **claims: Any) -> str:
    """A token with the right signature, but for what is given; a claim of None is left out."""
    body = {name: value for name, value in (good_claims() | claims).items() if value is not None}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the key is short for HS512
        return jwt.encode(body, key, alg, headers=good_header() | (header or {}))


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(alg: str) -> str:
    return f"{part(good_header() | {'alg': alg})}.{part(good_claims())}."


def tampered() -> str:
    header, _, signature = forged().split(".")
    return f"{header}.{part(good_claims() | {'sub': str(uuid4())})}.{signature}"


FORGERIES: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "not a token": lambda: "hello",
    "two parts": lambda: "a.b",
    "only dots": lambda: "..",
    "algorithm none": lambda: unsigned("none"),
    "algorithm None": lambda: unsigned("None"),
    "another algorithm, same key": lambda: forged(alg="HS512"),
    "RS256 in name": lambda: unsigned("RS256") + part("x"),
    "another key": lambda: forged(key=b"another key that is long enough!!"),
    "the secret itself as key": lambda: forged(key=SECRET.encode()),
    "an empty signature": lambda: forged().rpartition(".")[0] + ".",
    "a payload that was not signed": tampered,
    "another kid": lambda: forged({"kid": "other"}),
    "a kid that is a path": lambda: forged({"kid": "../../../../dev/null"}),
    "a kid that is an injection": lambda: forged({"kid": "' OR 1=1 --"}),
    "no kid": lambda: jwt.encode(good_claims(), KEY, "HS256", headers={"typ": "at+jwt"}),
    "jku": lambda: forged({"jku": "https://evil.example/keys"}),
    "jwk": lambda: forged({"jwk": {"kty": "oct", "k": "AAAA"}}),
    "x5u": lambda: forged({"x5u": "https://evil.example/cert"}),
    "unknown crit": lambda: forged({"crit": ["b64"], "b64": True}),
    "typ JWT": lambda: forged({"typ": "JWT"}),
    "typ of a refresh token": lambda: forged({"typ": "rt+jwt"}),
    "expired": lambda: forged(exp=int(time.time()) - 1),
    "no expiry": lambda: forged(exp=None),
    "an expiry that is no number": lambda: forged(exp="tomorrow"),
    "an expiry beyond all time": lambda: forged(exp=10**30),
    "not yet valid": lambda: forged(nbf=int(time.time()) + 60),
    "another issuer": lambda: forged(iss="https://evil.example"),
    "no issuer": lambda: forged(iss=None),
    "another audience": lambda: forged(aud="other"),
    "a list of audiences": lambda: forged(aud=["lockstep", "other"]),
    "no audience": lambda: forged(aud=None),
    "no subject": lambda: forged(sub=None),
    "a subject that is no id": lambda: forged(sub="admin"),
    "no session": lambda: forged(sid=None),
    "a session that is a number": lambda: forged(sid=7),
    "a payload that is a list": lambda: jwt.api_jws.encode(b"[]", KEY, "HS256", headers=good_header()),
    "64 KiB": lambda: forged(padding="x" * 65_536),
    "not ASCII": lambda: forged() + "\u00e9",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_token_is_refused(forgery: str) -> None:
    with pytest.raises(NotAuthenticated):
        TOKENS.read(FORGERIES[forgery]())


async def test_no_forged_token_opens_a_call(node: Node, ada: Browser) -> None:
    [(session_id,)] = await node.sql("SELECT id FROM account_sessions")
    for name, forge in FORGERIES.items():
        token = forge()
        response = await ada.client.get("/api/account", headers={b"Authorization": f"Bearer {token}".encode()})
        assert (name, response.status_code) == (name, 401)
        assert error_code(response) == "not_authenticated"
        assert response.headers["www-authenticate"] == "Bearer"
    good = forged(sub=str(ada.account_id), sid=str(session_id))
    assert (await ada.get("/account", headers={"Authorization": f"Bearer {good}"})).status_code == 200


async def test_a_token_for_somebody_elses_session_is_refused(node: Node, ada: Browser, bo: Browser) -> None:
    [(bos,)] = await node.sql("SELECT id FROM account_sessions WHERE account_id = :a", a=bo.account_id)
    token = forged(sub=str(ada.account_id), sid=str(bos))
    response = await ada.get("/account", headers={"Authorization": f"Bearer {token}"})
    assert error_code(response) == "not_authenticated"


async def test_other_schemes_and_none_are_not_signed_in(node: Node, ada: Browser) -> None:
    for value in ("", "Bearer", "Bearer ", "Basic YTpi", f"Token {ada.token}", ada.token):
        response = await node.browser().get("/account", headers={"Authorization": value})
        assert (response.status_code, error_code(response)) == (401, "not_authenticated")
    assert (await node.browser().get(f"/account?access_token={ada.token}")).status_code == 401


def test_a_token_says_who_and_until_when() -> None:
    session_ends_at = datetime.now(UTC) + timedelta(days=1)
    token, seconds = TOKENS.sign(ACCOUNT, SESSION, session_ends_at)
    identity = TOKENS.read(token)
    assert (identity.account_id, identity.session_id) == (ACCOUNT, SESSION)
    assert seconds in (599, 600)
    assert abs((identity.expires_at - datetime.now(UTC)).total_seconds() - 600) < 5
    assert isinstance(identity.account_id, UUID)


def test_installations_with_one_secret_do_not_take_each_others_tokens() -> None:
    token, _ = AccessTokens(SECRET, "https://other.example").sign(ACCOUNT, SESSION, datetime.now(UTC) + timedelta(1))
    with pytest.raises(NotAuthenticated):
        TOKENS.read(token)


def test_a_node_whose_clock_is_a_little_behind_takes_the_token_of_another() -> None:
    now = int(time.time())
    assert TOKENS.read(forged(iat=now + 20, nbf=now - 10)).account_id == ACCOUNT
