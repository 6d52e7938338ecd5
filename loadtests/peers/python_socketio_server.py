"""python-socketio on uvicorn, with its Redis manager, as its documentation shows it for several processes."""

import sys

import socketio
import uvicorn

server = socketio.AsyncServer(async_mode="asgi", client_manager=socketio.AsyncRedisManager(sys.argv[2]))


@server.on("message")
async def message(_sid: str, text: str) -> None:
    """What one socket says goes to all, by way of Redis."""
    await server.emit("message", text)


uvicorn.run(
    socketio.ASGIApp(server),
    host="127.0.0.1",
    port=int(sys.argv[1]),
    loop="uvloop",
    log_level="error",
    ws_per_message_deflate=False,
    backlog=4096,
)
