"""`/ws` as an ASGI application: lets a socket in, or answers the handshake with the reason why not."""

from collections.abc import Callable
from functools import partial
from typing import cast

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from realtime.admission import Admission, address_of, is_own_page
from realtime.arrival import Arrival
from realtime.link import EXTENSION, Link
from realtime.parts import Parts


class SocketEndpoint:
    """Accepts handshakes for a node."""

    def __init__(self, parts: Parts, allowed_origins: frozenset[str]) -> None:
        self._parts = parts
        self._allowed_origins = allowed_origins
        self._admission = Admission()
        self.is_draining = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one handshake. Returns when the socket is open: from then on it needs no task."""
        websocket = WebSocket(scope, receive, send)
        link = cast(Link | None, scope.get("extensions", {}).get(EXTENSION))
        address = address_of(scope.get("client"))
        if link is None:
            raise RuntimeError("run uvicorn with --ws realtime.frame_protocol:FrameProtocol")
        if not is_own_page(scope["headers"], self._allowed_origins):
            await _deny(websocket, 403, "foreign_origin", "Open this from the page of this Lockstep.")
        elif self.is_draining:
            await _deny(websocket, 503, "unavailable", "This node is about to end. Try again.")
        elif not self._parts.has_rate_limits:
            await websocket.accept()
            link.give_to(Arrival(link, self._parts, on_known=_nothing))
        elif await self._admission.enter(address):
            await self._let_in(websocket, link, partial(self._admission.leave, address))
        else:
            await _deny(websocket, 429, "rate_limited", "Too many sockets at once. Wait a little.")

    async def _let_in(self, websocket: WebSocket, link: Link, leave: Callable[[], None]) -> None:
        try:
            await websocket.accept()
        except BaseException:
            leave()
            raise
        link.give_to(Arrival(link, self._parts, on_known=leave))


def _nothing() -> None: ...


async def _deny(websocket: WebSocket, status: int, code: str, message: str) -> None:
    body = {"error": {"code": code, "message": message}}
    headers = {"retry-after": "2"} if status in (429, 503) else None
    await websocket.send_denial_response(JSONResponse(body, status, headers))
