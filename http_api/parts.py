"""What the calls stand on, put together once when the API is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.access_tokens import AccessTokens
from http_api.config import ApiConfig
from http_api.gate import SessionGate
from http_api.passwords import Passwords
from http_api.rate_limits import RateLimits
from http_api.snapshots import Snapshots
from tracker.announcements import Announcer
from tracker.execute import Door


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What only the program knows of the node's readiness.

    `known_schema_versions` are the migrations this program has, the newest last; `is_draining` tells whether the
    node has begun to stop; `hears_announcements` whether it hears at once what other nodes commit.
    """

    known_schema_versions: Sequence[str]
    is_draining: Callable[[], bool]
    hears_announcements: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The node's own pieces, for the calls."""

    config: ApiConfig
    engine: AsyncEngine
    door: Door
    announcer: Announcer
    access_tokens: AccessTokens
    gate: SessionGate
    passwords: Passwords
    limits: RateLimits
    snapshots: Snapshots
    readiness: Readiness


# A coroutine although it waits for nothing: plain functions would be called in a thread, for each request.
async def _parts_of(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


Wired = Annotated[Parts, Depends(_parts_of)]
