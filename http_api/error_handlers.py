"""Turning whatever is raised into the one shape of errors."""

import logging
from socket import gaierror
from typing import Final, cast

import asyncpg
from fastapi import FastAPI, Request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from http_api.errors import ApiError, ErrorCode, from_refusal, not_authenticated, unavailable
from http_api.request_id import request_id_of
from tracker.identity import NotAuthenticated
from tracker.refusal import Refused

logger = logging.getLogger(__name__)

# What the way to PostgreSQL raises when nobody answers; its own errors only where `_may_be_tried_again`.
_DATABASE_IS_AWAY: Final = (
    DBAPIError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    PoolTimeoutError,
    ConnectionError,
    TimeoutError,
    gaierror,
)

# SQLSTATEs by how they begin: no connection, read only, rolled back for others, no room on its disk or in its memory,
# a lock that did not come, ended or cancelled from outside, trouble with its files. None is the statement's own fault.
_NOT_NOW: Final = ("08", "25006", "40", "53", "55P03", "57", "58")

_CODES: Final[dict[int, ErrorCode]] = {400: "invalid", 404: "not_found"}


def _answer_to(error: Exception) -> ApiError:
    match error:
        case ApiError():
            return error
        case HTTPException():
            code = _CODES.get(error.status_code, "invalid")
            return ApiError(error.status_code, code, f"{error.detail}.", headers=error.headers)
        case Refused():
            return from_refusal(error)
        case NotAuthenticated():
            return not_authenticated("The access token is not good, or its session has ended.")
        case DBAPIError() | asyncpg.PostgresError() | asyncpg.InterfaceError() if not _may_be_tried_again(error):
            raise error
        case _:
            logger.warning("the database did not answer: %s", type(error).__name__)
            return unavailable()


def _may_be_tried_again(error: DBAPIError | asyncpg.PostgresError | asyncpg.InterfaceError) -> bool:
    if isinstance(error, OperationalError | InterfaceError):
        return True
    if isinstance(error, asyncpg.InterfaceError):  # no connection, unless it is a value that fits no parameter
        return not isinstance(error, ValueError)
    state: str | None = getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlstate", None)
    return (state or "").startswith(_NOT_NOW)


async def _handle(_request: Request, error: Exception) -> Response:
    return _answer_to(error).response()


async def _method_not_allowed(request: Request, error: Exception) -> Response:
    # Starlette names the methods of the first route with this path; there may be several.
    path = request.scope["path"].removeprefix(request.scope["root_path"])
    methods = sorted(
        method.upper()
        for template, operations in request.app.openapi()["paths"].items()
        if compile_path(template)[0].match(path)
        for method in operations
    )
    headers = {"Allow": ", ".join(methods)} if methods else cast(HTTPException, error).headers
    return ApiError(405, "method_not_allowed", "This cannot be done here.", headers=headers).response()


def handle_errors(api: FastAPI) -> None:
    """Give every error of the API its shape."""
    for kind in (HTTPException, Refused, NotAuthenticated, *_DATABASE_IS_AWAY):
        api.add_exception_handler(kind, _handle)
    api.add_exception_handler(405, _method_not_allowed)


class UnforeseenErrors:
    """Answers what nobody foresaw with a shaped 500 that tells nothing but the id to look for in the log.

    Starlette's own last resort stands outside all middleware: its answer would lack the security headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, and catch."""
        has_started = False

        async def watched_send(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            await self._app(scope, receive, watched_send)
        except Exception:
            request_id = request_id_of(scope)
            logger.exception("request failed", extra={"request_id": request_id})
            if has_started:
                raise
            message = "Something went wrong on the server. It has been written down."
            answer = ApiError(500, "internal", message, request_id=request_id).response()
            await answer(scope, receive, send)
