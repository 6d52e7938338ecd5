"""Starlette on uvicorn: a loop that awaits `send_text` of each socket, from memory."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

sockets: set[WebSocket] = set()


async def endpoint(websocket: WebSocket) -> None:
    """One socket: what it says goes to all."""
    await websocket.accept()
    sockets.add(websocket)
    try:
        while True:
            message = await websocket.receive_text()
            for each in list(sockets):
                await each.send_text(message)
    except WebSocketDisconnect:
        sockets.discard(websocket)


uvicorn.run(
    Starlette(routes=[WebSocketRoute("/ws", endpoint)]),
    host="127.0.0.1",
    port=int(sys.argv[1]),
    loop="uvloop",
    log_level="error",
    ws_per_message_deflate=False,
    backlog=4096,
)
