"""The API as a node serves it, and browsers that call it without a network between."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID, uuid4

from httpx import ASGITransport, AsyncClient, Response
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette
from starlette.routing import Mount

from http_api.app import MOUNTED_AT, create_api
from http_api.config import ApiConfig
from http_api.parts import Parts, Readiness
from lockstep.migrations import known_versions
from tracker.announcements import Announcer
from tracker.execute import Door

ORIGIN = "http://lockstep.test"
PASSWORD = "correct horse battery"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


@dataclass
class Node:
    """One node's API, with what it stands on."""

    app: Starlette
    config: ApiConfig
    engine: AsyncEngine
    door: Door
    parts: Parts
    is_draining: bool = False
    hears_announcements: bool = True

    @classmethod
    @asynccontextmanager
    async def running(cls, config: ApiConfig, engine: AsyncEngine, redis: Redis) -> AsyncIterator[Self]:
        """Start what the API stands on, and stop it in the end."""
        announcer = Announcer(redis)
        announcer.start()
        door = Door(engine, announcer)
        door.start()
        api = create_api(
            config,
            engine=engine,
            redis=redis,
            door=door,
            announcer=announcer,
            readiness=Readiness(
                known_schema_versions=known_versions(),
                is_draining=lambda: node.is_draining,
                hears_announcements=lambda: node.hears_announcements,
            ),
        )
        node = cls(Starlette(routes=[Mount(MOUNTED_AT, api)]), config, engine, door, api.state.parts)
        try:
            yield node
        finally:
            await door.stop()
            await announcer.stop()

    def browser(self, address: str = "192.0.2.1", **headers: str) -> "Browser":
        """Somebody's browser at this address, showing one of our own pages."""
        client = AsyncClient(
            transport=ASGITransport(self.app, client=(address, 40_000)),
            base_url=self.config.public_url,
            headers={"Origin": self.config.public_url, "User-Agent": FIREFOX, **headers},
        )
        return Browser(client)

    async def sql(self, statement: str, **values: Any) -> list[Any]:
        """Look into the database, or turn its clocks."""
        async with self.engine.begin() as connection:
            result = await connection.execute(text(statement), values)
            return list(result) if result.returns_rows else []

    async def audit(self, act: str) -> list[Any]:
        """The audit's records of one act."""
        return await self.sql("SELECT * FROM security_audit WHERE act = :act ORDER BY id", act=act)


@dataclass
class Browser:
    """One device of one person: cookies, and once signed in an access token."""

    client: AsyncClient
    token: str = ""
    account_id: UUID = field(default_factory=uuid4)

    async def call(self, method: str, path: str, body: Any = None, **kwargs: Any) -> Response:
        """Call the API, with the access token if there is one."""
        headers = dict(kwargs.pop("headers", {}))
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        return await self.client.request(method, f"/api{path}", json=body, headers=headers, **kwargs)

    async def get(self, path: str, **kwargs: Any) -> Response:
        """Read."""
        return await self.call("GET", path, **kwargs)

    async def post(self, path: str, body: Any = None, **kwargs: Any) -> Response:
        """Ask for something."""
        return await self.call("POST", path, body, **kwargs)

    async def delete(self, path: str, **kwargs: Any) -> Response:
        """End something."""
        return await self.call("DELETE", path, **kwargs)

    @property
    def cookie(self) -> str:
        """The refresh token that this browser holds."""
        return self.client.cookies["lockstep_refresh"]

    @cookie.setter
    def cookie(self, token: str) -> None:
        self.client.cookies.clear()
        host = self.client.base_url.host
        self.client.cookies.set("lockstep_refresh", token, domain=host, path="/api/session")

    async def signed_up(self, email: str, name: str) -> Self:
        """This browser, after its owner has signed up."""
        return self._signed_in(await self.post("/accounts", {"email": email, "name": name, "password": PASSWORD}))

    async def signed_in(self, email: str, password: str = PASSWORD) -> Self:
        """This browser, after its owner has signed in."""
        return self._signed_in(await self.post("/session", {"email": email, "password": password}))

    def _signed_in(self, response: Response) -> Self:
        assert response.is_success, response.text
        answer = response.json()
        self.token = answer["access_token"]
        self.account_id = UUID(answer["account"]["id"])
        return self

    async def refresh(self) -> Response:
        """Go on with the refresh token."""
        response = await self.post("/session/refresh")
        if response.is_success:
            self._signed_in(response)
        return response

    async def command(self, type_: str, **fields: Any) -> Response:
        """Give a command."""
        body = {"command_id": str(uuid4()), "command": {"type": type_, **fields}}
        return await self.post("/commands", body)

    async def new_board(self, title: str = "Marathon") -> str:
        """The id of a new board."""
        board_id = str(uuid4())
        response = await self.command("board.create", board_id=board_id, title=title)
        assert response.is_success, response.text
        return board_id


def error_code(response: Response) -> str:
    """The code of an error, whose shape is checked on the way."""
    error = response.json()["error"]
    assert isinstance(error["message"], str)
    assert error["message"]
    code: str = error["code"]
    return code
