"""Whether this node can do its work."""

import asyncio
from collections.abc import Sequence
from typing import Final, Literal

from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.parts import Parts

# Whoever asks for health waits; an answer that takes longer is none.
PROBE_TIMEOUT_SECONDS: Final = 2.0

SchemaState = Literal["ok", "behind", "ahead", "unknown"]
RedisState = Literal["ok", "deaf", "down"]


class Health(BaseModel):
    """`ok`: all is well. `degraded`: it works, but something is missing. `down`: send nobody here.

    `schema_state` tells how the database's schema stands to this program: `behind` needs the migrations, `ahead` is
    what a newer release has migrated while this node still runs. `redis` is `deaf` when it answers and yet what is
    announced is not heard; as with `down`, changes of other nodes are then read from the log, within 2 s.
    """

    status: Literal["ok", "degraded", "down"]
    database: Literal["ok", "down"]
    schema_state: SchemaState
    redis: RedisState
    draining: bool

    @property
    def is_ready(self) -> bool:
        """Whether a load balancer may send people here."""
        return self.status != "down"


async def examine(parts: Parts) -> Health:
    """Ask everything this node needs, at once."""
    schema_state, redis = await asyncio.gather(
        _schema_state(parts.engine, parts.readiness.known_schema_versions), _redis_state(parts)
    )
    is_draining = parts.readiness.is_draining()
    status: Literal["ok", "degraded", "down"] = "ok"
    if redis != "ok" or schema_state == "ahead":
        status = "degraded"
    if is_draining or schema_state in (None, "behind", "unknown"):
        status = "down"
    return Health(
        status=status,
        database="down" if schema_state is None else "ok",
        schema_state=schema_state or "unknown",
        redis=redis,
        draining=is_draining,
    )


async def _redis_state(parts: Parts) -> RedisState:
    if not await parts.limits.redis_answers():
        return "down"
    return "ok" if parts.readiness.hears_announcements() else "deaf"


async def _schema_state(engine: AsyncEngine, known_versions: Sequence[str]) -> SchemaState | None:
    """How the database's schema stands to ours; None when the database does not answer."""
    try:
        async with asyncio.timeout(PROBE_TIMEOUT_SECONDS), engine.connect() as connection:
            version = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    except ProgrammingError:  # no such table: nobody has migrated yet
        version = None
    except (SQLAlchemyError, OSError):
        return None
    if version is None:
        return "unknown"
    if version not in known_versions:
        return "ahead"
    return "ok" if version == known_versions[-1] else "behind"
