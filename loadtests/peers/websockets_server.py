"""The websockets library: its own `broadcast`, from memory."""

import asyncio
import sys
from contextlib import suppress

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

sockets: set[ServerConnection] = set()


async def endpoint(websocket: ServerConnection) -> None:
    """One socket: what it says goes to all."""
    sockets.add(websocket)
    with suppress(ConnectionClosed):
        async for message in websocket:
            broadcast(sockets, message)
    sockets.discard(websocket)


async def main(port: int) -> None:
    """Echo each message to all sockets."""
    async with serve(endpoint, "127.0.0.1", port, compression=None, backlog=4096):
        await asyncio.get_running_loop().create_future()


uvloop.run(main(int(sys.argv[1])))
