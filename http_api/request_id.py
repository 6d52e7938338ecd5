"""A name for every request, so that an answer, a log line and an audit record can be put together."""

from typing import Final
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_KEY: Final = "lockstep.request_id"


def request_id_of(scope: Scope) -> str:
    """The id that `RequestIds` gave this request."""
    request_id: str = scope[_KEY]
    return request_id


class RequestIds:
    """Gives each request an id of our own making; one from outside could forge what the audit says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Name the request, its log lines and its answer."""
        request_id = uuid4().hex
        scope[_KEY] = request_id

        async def named_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self._app(scope, receive, named_send)
