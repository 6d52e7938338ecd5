"""A node behind a real port, as uvicorn runs it, and the gate that lets its test clients in."""

import asyncio
import socket
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import uvicorn
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

from realtime.frame_protocol import FrameProtocol
from realtime.node import Node
from tests.realtime.device import Device
from tracker.announcements import Announcer
from tracker.execute import Door
from tracker.identity import Identity, NotAuthenticated
from tracker.redis_link import link

ORIGIN = "https://lockstep.example"


@dataclass
class TestGate:
    """Lets in whoever has a token made here. Stands for accounts, which the realtime half knows nothing of."""

    __test__ = False

    identities: dict[str, Identity] = field(default_factory=dict)
    over: set[UUID] = field(default_factory=set)
    is_broken: bool = False
    trouble: Exception = field(default_factory=lambda: ConnectionError("the gate's database is away"))

    def token(self, account_id: UUID, seconds: float = 900, sign_in: UUID | None = None) -> str:
        token = f"token-{uuid4()}"
        expires_at = datetime.now(UTC) + timedelta(seconds=seconds)
        self.identities[token] = Identity(account_id, sign_in or uuid4(), expires_at)
        return token

    async def authenticate(self, token: str) -> Identity:
        if self.is_broken:
            raise self.trouble
        identity = self.identities.get(token)
        if identity is None or identity.session_id in self.over or identity.expires_at <= datetime.now(UTC):
            raise NotAuthenticated
        return identity

    async def ended(self, session_ids: Collection[UUID]) -> set[UUID]:
        if self.is_broken:
            raise self.trouble
        return self.over & set(session_ids)


@dataclass
class RunningNode:
    """One node and the way to it."""

    node: Node
    announcer: Announcer
    gate: TestGate
    port: int
    _devices: list[Device] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    async def connect(self, **options: Any) -> Device:
        """An open socket that has not said hello."""
        device = await Device.connect(self.url, **options)
        self._devices.append(device)
        return device

    async def device(self, account_id: UUID, token: str | None = None, **options: Any) -> Device:
        """A socket of somebody who is signed in."""
        device = await self.connect(**options)
        await device.hello(token or self.gate.token(account_id))
        return device

    async def close_devices(self) -> None:
        await asyncio.gather(*(device.close() for device in self._devices))


@asynccontextmanager
async def run_node(engine: AsyncEngine, redis_url: str, gate: TestGate, **options: Any) -> AsyncIterator[RunningNode]:
    """A node on a free port, until the block ends."""
    redis = link(redis_url)
    announcer = Announcer(redis)
    announcer.start()
    door = Door(engine, announcer)
    door.start()
    node = Node(
        engine=engine,
        redis=redis,
        door=door,
        announcer=announcer,
        gate=gate,
        allowed_origins=frozenset({ORIGIN}),
        **options,
    )
    node.start()
    listener = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=[WebSocketRoute("/ws", node.endpoint)])
    config = uvicorn.Config(app, ws=FrameProtocol, http="httptools", lifespan="off", log_config=None, access_log=False)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    running = RunningNode(node, announcer, gate, listener.getsockname()[1])
    try:
        yield running
    finally:
        await running.close_devices()
        await node.stop()
        await server.shutdown(sockets=[listener])
        await door.stop()
        await announcer.stop()
        await redis.aclose()
