"""Runs one node until it is told to stop, and stops it without dropping what is under way."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Final

import uvicorn
from typing_extensions import override

from lockstep.asgi import ComposedNode
from lockstep.settings import Settings, SettingsError
from realtime.frame_protocol import FrameProtocol

# Connections that the kernel holds while the node is busy: a thousand clients may come back at one moment.
BACKLOG: Final = 4096


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


def listen(host: str, port: int) -> socket.socket:
    """Take the node's port. Raises `SettingsError` when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise SettingsError(
            f"PORT {port} on HOST {host} cannot be used: {error.strerror}. Set PORT to a free one."
        ) from error


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
