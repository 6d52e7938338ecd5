"""Runs one node until it is told to stop, and stops it without dropping what is under way."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from signal import SIGINT
from types import FrameType

import uvicorn
from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from lockstep.asgi import ComposedNode
from lockstep.garbage import look_rarely
from lockstep.port import BACKLOG, LOCAL_HOST, listen
from lockstep.settings import Settings
from realtime.frame_protocol import FrameProtocol

TICK_SECONDS = 1.0
"""How often uvicorn brings the date of its answers up to date."""


class NodeServer(uvicorn.Server):
    """A uvicorn that drains the node while it still answers, and only then closes what is left."""

    def __init__(self, config: uvicorn.Config, node: ComposedNode) -> None:
        super().__init__(config)
        self._node = node
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told_to_stop = asyncio.Event()

    @override
    async def main_loop(self) -> None:
        """Do what uvicorn does each second, and wait for the signal between. It looks ten times a second, which is a
        fifth of what a quiet node costs.
        """
        self._loop = asyncio.get_running_loop()
        tenths = 0
        while not await self.on_tick(tenths):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told_to_stop.wait(), timeout=TICK_SECONDS)
            tenths += round(TICK_SECONDS * 10)

    @override
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Drain at the first signal, give up waiting at a second Ctrl-C.

        A second SIGTERM says nothing new: a service manager sends one to the parent of several nodes and to each of
        them, and the parent passes its own on.
        """
        if self.should_exit and sig == SIGINT:
            self.force_exit = True
        self.should_exit = True
        if self._loop is not None:
            # A signal may come in the midst of anything.
            self._loop.call_soon_threadsafe(self._told_to_stop.set)

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the node finish before what is left is closed."""
        leaving = asyncio.ensure_future(self._leave(sockets or []))
        while not leaving.done() and not self.force_exit:
            await asyncio.wait([leaving], timeout=0.1)
        leaving.cancel()
        await super().shutdown(sockets)

    async def _leave(self, sockets: list[socket.socket]) -> None:
        await self._node.say_unready()
        self._send_newcomers_elsewhere(sockets)
        await self._node.drain()

    def _send_newcomers_elsewhere(self, sockets: list[socket.socket]) -> None:
        """Let in nobody more. A gateway that is refused a connection tries the next node, without a word to anybody;
        one that balances by connections would otherwise send here all who are just being let go.
        """
        for server in self.servers:
            server.close()
        for listener in sockets:
            listener.close()
        for connection in list(self.server_state.connections):
            if isinstance(connection, HttpToolsProtocol):
                # Now if it is idle, else after its answer.
                connection.shutdown()


def run_node(settings: Settings, own_port: int | None = None) -> None:
    """Serve on the port of the settings until SIGTERM or SIGINT, then drain and return.

    With `own_port` the port of the settings is shared with other nodes, and this one is reached alone on `own_port`.
    """
    listeners = [listen(settings.host, settings.port, is_shared=own_port is not None)]
    if own_port is not None:
        listeners.append(listen(LOCAL_HOST, own_port))
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
    look_rarely()
    NodeServer(config, node).run(sockets=listeners)
