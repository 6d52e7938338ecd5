"""`/ws` as an ASGI application: lets a socket in, or tells it when to come back."""

from collections.abc import Callable
from functools import partial
from typing import cast

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from realtime.admission import Admission, address_of, is_own_page
from realtime.arrival import Arrival
from realtime.close_codes import CloseCode
from realtime.link import EXTENSION, Link
from realtime.parts import Parts
from realtime.turned_away import turn_away
from realtime.turnstile import Turnstile


class SocketEndpoint:
    """Accepts handshakes for a node."""

    def __init__(self, parts: Parts, allowed_origins: frozenset[str]) -> None:
        self._parts = parts
        self._allowed_origins = allowed_origins
        self._admission = Admission()
        self._turnstile = Turnstile(parts.now)
        self.is_draining = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one handshake. Returns when the socket is open: from then on it needs no task."""
        websocket = WebSocket(scope, receive, send)
        link = cast(Link | None, scope.get("extensions", {}).get(EXTENSION))
        address = address_of(scope.get("client"))
        if link is None:
            raise RuntimeError("run uvicorn with --ws realtime.frame_protocol:FrameProtocol")
        if not is_own_page(scope["headers"], self._allowed_origins):
            await _refuse_foreign_page(websocket)
        elif self.is_draining:
            await websocket.accept()
            turn_away(link, CloseCode.RESTARTING, "the node restarts")
        elif not self._parts.has_rate_limits:
            await websocket.accept()
            link.give_to(Arrival(link, self._parts, on_known=_nothing))
        elif self._turnstile.pass_through() and await self._admission.enter(address):
            await self._let_in(websocket, link, partial(self._admission.leave, address))
        else:
            await websocket.accept()
            away = self._turnstile.seconds_until_return()
            turn_away(link, CloseCode.TOO_MANY, "too many sockets at once", round(away * 1_000))

    async def _let_in(self, websocket: WebSocket, link: Link, leave: Callable[[], None]) -> None:
        try:
            await websocket.accept()
        except BaseException:
            leave()
            raise
        link.give_to(Arrival(link, self._parts, on_known=leave))


def _nothing() -> None: ...


async def _refuse_foreign_page(websocket: WebSocket) -> None:
    # Before the handshake, and with nothing to come back for.
    body = {"error": {"code": "foreign_origin", "message": "Open this from the page of this Lockstep."}}
    await websocket.send_denial_response(JSONResponse(body, 403))
