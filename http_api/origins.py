"""Refusing what pages of other sites ask for in the name of whoever looks at them."""

from starlette.requests import Request

from http_api.errors import ApiError


def refuse_foreign_origin(request: Request, allowed_origins: frozenset[str]) -> None:
    """Refuse a page that is not ours. Programs send no Origin; they have no cookie that is not theirs."""
    if "origin" in request.headers:
        _require_allowed(request, allowed_origins)


def require_own_origin(request: Request, allowed_origins: frozenset[str]) -> None:
    """Refuse all but our own pages: for calls that the cookie alone speaks for.

    Browsers name the origin of everything but plain reads, so that none at all is not one of our pages either.
    """
    _require_allowed(request, allowed_origins)


def _require_allowed(request: Request, allowed_origins: frozenset[str]) -> None:
    origins = request.headers.getlist("origin")
    if len(origins) != 1 or origins[0] not in allowed_origins:
        raise ApiError(403, "origin_refused", "This page may not ask for that.")
