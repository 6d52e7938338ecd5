"""Looks whether an installation can work, part by part, and says what to do about what cannot."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from lockstep.migrations import current_version, known_versions
from lockstep.public_socket import UnreachableError, knock
from lockstep.settings import Settings
from tracker import redis_link
from tracker.database import create_engine

# Moments of changes and the ends of tokens are compared across machines; people see minutes, tokens live for some.
CLOCK_SKEW_ALLOWED: Final = timedelta(seconds=2)
TIMEOUT_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one part; `advice` is for a part that failed."""

    part: str
    is_ok: bool
    what: str
    advice: str = ""


class ProblemError(Exception):
    """A part failed."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Look at every part, and go on after one that failed."""
    engine = create_engine(settings.database_url, pool_size=2)
    checks: dict[str, Callable[[], Awaitable[str]]] = {
        "database": lambda: _database(engine),
        "schema": lambda: _schema(engine),
        "clock": lambda: _clock(engine),
        "redis": lambda: _redis(settings.redis_url),
        "websocket": lambda: _websocket(settings.public_url),
    }
    try:
        for part, check in checks.items():
            yield await _finding(part, check)
    finally:
        await engine.dispose()


async def _finding(part: str, check: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding(part, True, await asyncio.wait_for(check(), TIMEOUT_SECONDS))
    except ProblemError as problem:
        return Finding(part, False, problem.what, problem.advice)
    except TimeoutError:
        return Finding(part, False, f"no answer in {TIMEOUT_SECONDS} seconds", "Look for a firewall between.")


async def _database(engine: AsyncEngine) -> str:
    begun = time.perf_counter()
    version = await _ask(engine, "SELECT current_setting('server_version')")
    return f"PostgreSQL {version} answers in {_milliseconds_since(begun)}"


async def _schema(engine: AsyncEngine) -> str:
    try:
        async with engine.connect() as connection:
            version = await connection.run_sync(current_version)
    except (SQLAlchemyError, OSError) as error:
        raise _no_database(error) from error
    known = known_versions()
    if version == known[-1]:
        return f"at version {version}, as this program expects"
    if version is None or version in known:
        raise ProblemError(f"at version {version}, but this program expects {known[-1]}", "Run: lockstep migrate")
    raise ProblemError(
        f"at version {version}, which this program does not know",
        "A newer release has migrated this database: run that release.",
    )


async def _clock(engine: AsyncEngine) -> str:
    before = datetime.now(UTC)
    there: datetime = await _ask(engine, "SELECT clock_timestamp()")
    after = datetime.now(UTC)
    # What the answer took on its way is no skew.
    skew = max(before - there, there - after, timedelta())
    if skew > CLOCK_SKEW_ALLOWED:
        raise ProblemError(
            f"this machine and the database's are {skew.total_seconds():.1f} seconds apart",
            "Switch on time synchronisation (NTP) on both machines.",
        )
    return "this machine and the database's agree"


async def _redis(url: str) -> str:
    begun = time.perf_counter()
    redis = redis_link.link(url)
    try:
        await redis_link.ping(redis)
    except (RedisError, OSError) as error:
        advice = "Start Redis or Valkey, or correct REDIS_URL."
        raise ProblemError(f"no connection: {_reason(error)}", advice) from error
    finally:
        await redis.aclose()
    return f"answers in {_milliseconds_since(begun)}"


async def _websocket(public_url: str) -> str:
    begun = time.perf_counter()
    try:
        await knock(public_url)
    except UnreachableError as error:
        raise ProblemError(str(error), error.advice) from error
    return f"{public_url} answers in {_milliseconds_since(begun)}"


async def _ask(engine: AsyncEngine, statement: str) -> Any:
    try:
        async with engine.connect() as connection:
            return await connection.scalar(text(statement))
    except (SQLAlchemyError, OSError) as error:
        raise _no_database(error) from error


def _no_database(error: Exception) -> ProblemError:
    return ProblemError(f"no connection: {_reason(error)}", "Start PostgreSQL, or correct DATABASE_URL.")


def _reason(error: BaseException) -> str:
    """The innermost sentence, without the address that outer ones may show."""
    original = getattr(error, "orig", None) or error
    return str(original).splitlines()[0] if str(original) else type(original).__name__


def _milliseconds_since(begun: float) -> str:
    return f"{(time.perf_counter() - begun) * 1000:.0f} ms"
