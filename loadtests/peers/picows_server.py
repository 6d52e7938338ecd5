"""picows (Cython): a loop over the transports, from memory."""

import sys

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_create_server

sockets: set[WSTransport] = set()


class Socket(WSListener):
    """One socket: what it says goes to all."""

    def on_ws_connected(self, transport: WSTransport) -> None:
        sockets.add(transport)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        sockets.discard(transport)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            message = frame.get_payload_as_bytes()
            for each in sockets:
                each.send(WSMsgType.TEXT, message)


async def main(port: int) -> None:
    """Echo each message to all sockets."""
    server = await ws_create_server(lambda _: Socket(), "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


uvloop.run(main(int(sys.argv[1])))
