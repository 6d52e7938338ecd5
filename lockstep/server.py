"""Runs one node until it is told to stop, and stops it without dropping what is under way."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from types import FrameType

import uvicorn
from typing_extensions import override

from lockstep.asgi import ComposedNode
from lockstep.port import BACKLOG, listen
from lockstep.settings import Settings
from realtime.frame_protocol import FrameProtocol


class NodeServer(uvicorn.Server):
    """A uvicorn that drains the node while it still answers, and only then closes what is left."""

    def __init__(self, config: uvicorn.Config, drain: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._drain = drain

    @override
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Drain at the first signal, give up waiting at the second."""
        self.force_exit = self.should_exit
        self.should_exit = True

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the node finish before the listening sockets close."""
        draining = asyncio.ensure_future(self._drain())
        while not draining.done() and not self.force_exit:
            await asyncio.wait([draining], timeout=0.1)
        draining.cancel()
        await super().shutdown(sockets)


def run_node(settings: Settings) -> None:
    """Serve on the port of the settings until SIGTERM or SIGINT, then drain and return."""
    listener = listen(settings.host, settings.port)
    node = ComposedNode(settings)
    config = uvicorn.Config(
        node.app,
        http="httptools",
        ws=FrameProtocol,
        loop="uvloop",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=BACKLOG,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=[str(network) for network in settings.trusted_proxies],
        timeout_graceful_shutdown=max(1, round(settings.drain_seconds)),
    )
    NodeServer(config, node.drain).run(sockets=[listener])
