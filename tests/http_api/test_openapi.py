"""All that openapi.json promises, tried with generated calls against a node that really listens.

All checks of schemathesis: no 5xx, only documented statuses and types, answers that fit their schemas, wrong data
refused and right data taken, calls without a sign-in refused, other methods 405.
"""

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.config import PositiveDataAcceptanceConfig, SchemathesisConfig
from schemathesis.specs.openapi.checks import ignored_auth, missing_required_header, negative_data_rejection
from sqlalchemy.ext.asyncio import create_async_engine
from starlette.applications import Starlette

from http_api.app import create_api
from http_api.config import ApiConfig
from http_api.parts import Readiness
from tests.http_api.node import ORIGIN, PASSWORD, Node
from tracker.announcements import Announcer
from tracker.execute import Door
from tracker.redis_link import connect

EXAMPLES = 15

# A call can be well formed and still be refused: the board is not there, the invitation has expired.
REFUSALS = ["2XX", "304", "401", "403", "404", "409", "410"]


class ServerThread:
    """A node on a free port, on a loop of its own: schemathesis calls it like any other program."""

    def __init__(self, config: ApiConfig, database_url: str, redis_url: str) -> None:
        self._arguments = (config, database_url, redis_url)
        self._server: Listening | None = None
        self._has_server = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="api")

    def start(self) -> str:
        """Where it listens."""
        self._thread.start()
        assert self._has_server.wait(30)
        assert self._server is not None
        assert self._server.is_listening.wait(30)
        return f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}/api"

    def stop(self) -> None:
        assert self._server is not None
        self._server.should_exit = True
        self._thread.join(30)

    async def _serve(self) -> None:
        config, database_url, redis_url = self._arguments
        engine = create_async_engine(database_url)
        async with connect(redis_url) as link, Node.running(config, engine, link) as node:
            self._server = Listening(_options(node.app))
            self._has_server.set()
            await self._server.serve()
        await engine.dispose()


class Listening(uvicorn.Server):
    """A server that tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_listening.set()


def _options(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(app, port=0, lifespan="off", log_level="warning", server_header=False, ws="none")


@pytest.fixture
def url(config: ApiConfig, database_url: str, redis_url: str) -> Iterator[str]:
    """Where a node's API listens."""
    thread = ServerThread(config, database_url, redis_url)
    yield thread.start()
    thread.stop()


@pytest.fixture
def signed_in(url: str) -> "SignedIn":
    """Ada, and how to call in her name."""
    body = {"email": "ada@example.org", "name": "Ada", "password": PASSWORD}
    response = httpx.post(f"{url}/accounts", json=body, timeout=10)
    assert response.status_code == 201
    return SignedIn(url)


class SignedIn:
    """Signs in once, and anew for the calls that end a session or use its cookie up."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._kept = self._sign_in()

    def headers_for(self, path: str) -> dict[str, str]:
        """What a page of ours sends."""
        return self._sign_in() if path.startswith("/session") else self._kept

    def _sign_in(self) -> dict[str, str]:
        body = {"email": "ada@example.org", "password": PASSWORD}
        response = httpx.post(f"{self.url}/session", json=body, timeout=10)
        cookie = response.cookies["lockstep_refresh"]
        return {
            "Authorization": f"Bearer {response.json()['access_token']}",
            "Cookie": f"lockstep_refresh={cookie}",
            "Origin": ORIGIN,
        }


def promised() -> dict[str, Any]:
    """What a node says of itself. This one is never started: nothing it stands on is connected."""
    link = connect("redis://127.0.0.1:1")
    engine = create_async_engine("postgresql+asyncpg://127.0.0.1:1")
    announcer = Announcer(link)
    api = create_api(
        ApiConfig(secret_key="x" * 32, public_url=ORIGIN, allowed_origins=frozenset({ORIGIN})),
        engine=engine,
        redis=link,
        door=Door(engine, announcer),
        announcer=announcer,
        readiness=Readiness(known_schema_versions=(), is_draining=lambda: False, hears_announcements=lambda: True),
    )
    return api.openapi()


def checked(*, has_coverage: bool, accepted: list[str]) -> schemathesis.BaseSchema:
    """All checks. `accepted` are the statuses that well-formed calls can meet."""
    config = SchemathesisConfig()
    project = config.projects.default
    project.checks.positive_data_acceptance = PositiveDataAcceptanceConfig(expected_statuses=accepted)
    project.phases.coverage.enabled = has_coverage
    return schemathesis.openapi.from_dict(promised(), config=config)


# Every border of every field; of all the commands' fields that would be thousands of calls.
calls = checked(has_coverage=True, accepted=REFUSALS).exclude(path="/commands")
# A schema cannot tell which fields of a command go together.
commands = checked(has_coverage=False, accepted=[*REFUSALS, "400"]).include(path="/commands")

bounded = settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


# Either credential opens these calls, and the cookie that is sent replaces the wrong one that was generated.
COOKIE_CALLS = {("POST", "/session/refresh"), ("DELETE", "/session")}
ABOUT_ONE_CREDENTIAL = [ignored_auth, missing_required_header, negative_data_rejection]


@calls.parametrize()
@settings(bounded, max_examples=EXAMPLES)
def test_every_call_keeps_what_openapi_promises(case: schemathesis.Case[Any], signed_in: SignedIn) -> None:
    excluded = ABOUT_ONE_CREDENTIAL if (case.operation.method.upper(), case.path) in COOKIE_CALLS else None
    headers = signed_in.headers_for(case.path)
    case.call_and_validate(base_url=signed_in.url, headers=headers, excluded_checks=excluded)


@commands.parametrize()
@settings(bounded, max_examples=4 * EXAMPLES)
def test_commands_keep_what_openapi_promises(case: schemathesis.Case[Any], signed_in: SignedIn) -> None:
    case.call_and_validate(base_url=signed_in.url, headers=signed_in.headers_for(case.path))
