"""The one shape of every error: `{"error": {"code", "message", ...}}`.

The code is for machines, the message for people. A call that does not fit its schema is answered 422 `invalid`
or `too_large`; a command the door refuses is answered with the status of its refusal, 400 for `invalid`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from tracker import wire
from tracker.refusal import RefusalCode, Refused

ErrorCode = (
    RefusalCode
    | Literal[
        "not_authenticated",  # no access token, or one that is not (or no longer) good
        "wrong_credentials",
        "session_ended",  # the refresh token carries nothing on any more: sign in again
        "email_taken",
        "origin_refused",  # the page that asks is not one of ours
        "trimmed",  # the log no longer reaches back that far: take a snapshot
        "ahead",  # the seq is above the head: take a snapshot
        "too_large",
        "method_not_allowed",
        "internal",
    ]
)


class FieldProblem(BaseModel):
    """What is wrong with one part of a call."""

    field: str
    message: str


class ErrorDetail(BaseModel):
    """Why a call was not answered. `fields` comes with `invalid`, `retry_after_seconds` with `rate_limited`."""

    code: ErrorCode
    message: str
    fields: list[FieldProblem] | None = None
    retry_after_seconds: int | None = None
    request_id: str | None = None


class ErrorAnswer(BaseModel):
    """The body of every answer of 400 and above."""

    error: ErrorDetail


class ApiError(HTTPException):
    """A call that will not be answered. `extra` goes beside code and message."""

    def __init__(
        self,
        status: int,
        code: ErrorCode,
        message: str,
        *,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(status, detail=message, headers=headers)
        self.code = code
        self.extra = extra

    def response(self) -> Response:
        """The answer that tells it."""
        error = {"code": self.code, "message": self.detail, **self.extra}
        return Response(wire.encode({"error": error}), self.status_code, self.headers, media_type="application/json")


# An answer names the first problems, not a thousand of them.
PROBLEMS_SHOWN: Final = 20
MESSAGE_LENGTH: Final = 300

REFUSAL_STATUS: Final[dict[RefusalCode, int]] = {
    "invalid": 400,
    "forbidden": 403,
    "not_found": 404,
    "already_exists": 409,
    "conflict": 409,
    "last_owner": 409,
    "expired": 410,
    "invitation_invalid": 410,
    "rate_limited": 429,
    "unavailable": 503,
}


def from_refusal(refused: Refused) -> ApiError:
    """A refusal as an answer over HTTP."""
    status = REFUSAL_STATUS[refused.code]
    headers = {"Retry-After": "1"} if status in (429, 503) else None
    return ApiError(status, refused.code, refused.message, headers=headers)


def invalid(message: str, status: int = 422, **extra: Any) -> ApiError:
    """A call that does not fit its schema."""
    return ApiError(status, "invalid", message, **extra)


def does_not_fit(problems: Sequence[Any], status: int) -> ApiError:
    """The same, with what Pydantic found wrong and where.

    Its `input` is left out: it would show a password to whoever reads the answer, or a log of it.
    """
    fields = [
        {
            "field": ".".join(str(part) for part in problem["loc"] if part != "body")[:MESSAGE_LENGTH],
            "message": problem["msg"].removeprefix("Value error, ")[:MESSAGE_LENGTH],
        }
        for problem in problems[:PROBLEMS_SHOWN]
    ]
    first = fields[0]
    message = f"{first['field']}: {first['message']}" if first["field"] else first["message"]
    return invalid(message, status, fields=fields)


def not_authenticated(message: str = "Sign in first.") -> ApiError:
    """No access token, or one that is not good."""
    return ApiError(401, "not_authenticated", message, headers={"WWW-Authenticate": "Bearer"})


def not_found(message: str) -> ApiError:
    """Absent, or not yours: the answer does not tell which."""
    return ApiError(404, "not_found", message)


def unavailable() -> ApiError:
    """Nothing was decided; the call may be sent again."""
    message = "The server cannot answer this now. Try again in a moment."
    return ApiError(503, "unavailable", message, headers={"Retry-After": "1"})


_DESCRIPTIONS: Final = {
    400: "Refused: the command breaks the contract.",
    401: "Not signed in, or no longer.",
    403: "Refused.",
    404: "No such thing for you.",
    409: "The state does not allow this.",
    410: "Gone.",
    422: "The call does not fit its schema.",
    429: "Too many calls. Retry-After says when.",
    503: "Nothing was decided; try again.",
}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of the errors of a call. Every call may also be answered 422, 429 and 503."""
    listed: Iterable[int] = sorted({*statuses, 422, 429, 503})
    return {status: {"model": ErrorAnswer, "description": _DESCRIPTIONS[status]} for status in listed}
