"""Composes a node: the API under /api, the socket at /ws, the built client everywhere else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import structlog
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute

from http_api.app import MOUNTED_AT, create_api, gate_for
from http_api.config import ApiConfig
from http_api.parts import Readiness
from lockstep.client_files import ClientFiles
from lockstep.draining import NOTICE_SHARE
from lockstep.migrations import known_versions
from lockstep.settings import Settings
from lockstep.upkeep import Upkeep
from realtime.node import Node
from tracker import redis_link
from tracker.announcements import Announcer
from tracker.database import create_engine
from tracker.execute import Door
from tracker.fault_points import FaultPoints

log = structlog.get_logger()


class ComposedNode:
    """One node: everything that serves people, over a pool of connections and the one door for writes."""

    def __init__(self, settings: Settings) -> None:
        """Put the parts together. Nothing connects before `app` is started by its server."""
        self._settings = settings
        self._is_draining = False
        self._engine = create_engine(settings.database_url, settings.database_pool_size)
        self._redis = redis_link.link(settings.redis_url)
        self._announcer = Announcer(self._redis)
        # The door's own: in a storm of readers nobody who writes has to wait for a connection.
        self._door_engine = create_engine(settings.database_url, pool_size=1)
        self._door = Door(self._door_engine, self._announcer, fault_points=FaultPoints(settings.fault_points))
        config = _api_config(settings)
        self._node = Node(
            engine=self._engine,
            redis=self._redis,
            door=self._door,
            announcer=self._announcer,
            gate=gate_for(config, self._engine),
            allowed_origins=settings.allowed_origins,
            has_rate_limits=settings.rate_limits,
        )
        self.app = Starlette(
            routes=[
                Mount(MOUNTED_AT, self._api(config)),
                WebSocketRoute("/ws", self._node.endpoint),
                Route("/ws", _upgrade_required),
                Route("/{path:path}", ClientFiles(settings.client_dir, is_https=settings.is_https)),
            ],
            lifespan=self._lifespan,
        )

    async def say_unready(self) -> None:
        """Say so to whoever asks for health, and go on as before until gateways have asked."""
        self._is_draining = True
        log.info("node_draining")
        await asyncio.sleep(self._settings.drain_seconds * NOTICE_SHARE)

    async def drain(self) -> None:
        """Let go of those who are here, spread over the seconds that the settings give."""
        await self._node.drain(self._settings.drain_seconds)

    def _api(self, config: ApiConfig) -> FastAPI:
        return create_api(
            config,
            engine=self._engine,
            redis=self._redis,
            door=self._door,
            announcer=self._announcer,
            readiness=Readiness(
                known_schema_versions=known_versions(),
                is_draining=lambda: self._is_draining,
                hears_announcements=lambda: not self._node.is_deaf,
            ),
        )

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            # Ended from the last to the first: who uses a part is gone before the part is.
            stack.push_async_callback(self._engine.dispose)
            stack.push_async_callback(self._door_engine.dispose)
            stack.push_async_callback(self._redis.aclose)
            self._announcer.start()
            stack.push_async_callback(self._announcer.stop)
            self._door.start()
            stack.push_async_callback(self._door.stop)
            self._node.start()
            stack.push_async_callback(self._node.stop)
            upkeep = Upkeep(self._engine, timedelta(days=self._settings.keep_log_days))
            upkeep.start()
            stack.push_async_callback(upkeep.stop)
            log.info("node_started", port=self._settings.port, public_url=self._settings.public_url)
            yield
        log.info("node_stopped")


def _api_config(settings: Settings) -> ApiConfig:
    return ApiConfig(
        secret_key=settings.secret_key.get_secret_value(),
        public_url=settings.public_url,
        allowed_origins=settings.allowed_origins,
        trusted_proxies=settings.trusted_proxies,
        rate_limits=settings.rate_limits,
        secure_cookies=settings.is_https,
    )


async def _upgrade_required(_: Request) -> Response:
    """What a gateway that drops the upgrade makes of a WebSocket; `lockstep doctor` knows this answer."""
    return PlainTextResponse(
        "This is a WebSocket. If a browser sees this, the gateway does not pass on Upgrade and Connection.\n",
        426,
        headers={"upgrade": "websocket", "connection": "upgrade", "x-content-type-options": "nosniff"},
    )
