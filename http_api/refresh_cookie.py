"""The cookie that carries the refresh token. It goes to the session's own paths and nowhere else."""

from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import Depends
from fastapi.security import APIKeyCookie
from starlette.responses import Response

NAME: Final = "lockstep_refresh"
PATH: Final = "/api/session"


RefreshToken = Annotated[
    str | None,
    Depends(APIKeyCookie(name=NAME, scheme_name="refresh_cookie", description="From sign-in.", auto_error=False)),
]
"""The refresh token that came with a call, if one did."""


def set_refresh_cookie(response: Response, token: str, expires_at: datetime, *, secure: bool) -> None:
    """Give the browser the token, for as long as its session can last."""
    max_age = int((expires_at - datetime.now(UTC)).total_seconds())
    response.set_cookie(NAME, token, max_age=max_age, path=PATH, secure=secure, httponly=True, samesite="strict")


def clear_refresh_cookie(response: Response, *, secure: bool) -> None:
    """Make the browser forget the token."""
    response.delete_cookie(NAME, path=PATH, secure=secure, httponly=True, samesite="strict")
