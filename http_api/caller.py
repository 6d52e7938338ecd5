"""Who calls: the arguments that routes take to learn of it."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from http_api.client_address import client_address
from http_api.device_names import device_name
from http_api.errors import not_authenticated
from http_api.parts import Wired
from http_api.request_id import request_id_of
from http_api.visit import Visit
from tracker.identity import Identity

_bearer = HTTPBearer(
    scheme_name="access_token", bearerFormat="JWT", description="From sign-in, for ten minutes.", auto_error=False
)

Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def _visit(request: Request, parts: Wired) -> Visit:
    return Visit(
        address=client_address(request.scope, parts.config.trusted_proxies),
        device_name=device_name(request.headers.get("user-agent", "")),
        request_id=request_id_of(request.scope),
    )


async def _caller(credentials: Credentials, parts: Wired) -> Identity:
    if credentials is None:
        raise not_authenticated()
    return await parts.gate.authenticate(credentials.credentials)


Visited = Annotated[Visit, Depends(_visit)]
"""Where the call comes from."""

Caller = Annotated[Identity, Depends(_caller)]
"""Somebody signed in whose session goes on; otherwise the call is answered 401."""
