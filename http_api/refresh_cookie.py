"""The cookie that carries the refresh token. It goes to the session's own paths and nowhere else."""

from datetime import UTC, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

NAME: Final = "lockstep_refresh"
PATH: Final = "/api/session"


def read_refresh_cookie(request: Request) -> str | None:
    """The refresh token that came with the request, if one did."""
    return request.cookies.get(NAME)


def set_refresh_cookie(response: Response, token: str, expires_at: datetime, *, secure: bool) -> None:
    """Give the browser the token, for as long as its session can last."""
    max_age = int((expires_at - datetime.now(UTC)).total_seconds())
    response.set_cookie(NAME, token, max_age=max_age, path=PATH, secure=secure, httponly=True, samesite="strict")


def clear_refresh_cookie(response: Response, *, secure: bool) -> None:
    """Make the browser forget the token."""
    response.delete_cookie(NAME, path=PATH, secure=secure, httponly=True, samesite="strict")
