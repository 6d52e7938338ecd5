"""Removing what is kept no longer: every hour, by one node of all."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from prometheus_client import Counter
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.retention import trim_audit, trim_sessions
from jobs.trim_change_log import trim_change_log
from jobs.trim_done_commands import trim_done_commands

FIRST_SECONDS: Final = 60.0
"""A machine that is on for an hour a day trims too."""

PERIOD_SECONDS: Final = 3_600.0

LOCK_ID: Final = 0x10C4_57E9
"""The advisory lock in PostgreSQL that says somebody is at it. Any number that nobody else uses."""

trimmed_rows: Final = Counter("lockstep_trimmed_rows", "Rows removed because they are kept no longer.", ["kind"])

log = structlog.get_logger()


async def trim(engine: AsyncEngine, keep_log: timedelta) -> dict[str, int] | None:
    """Remove all that is kept no longer. Tells how much of each kind; None when another node is at it."""
    async with _alone(engine) as is_alone:
        if not is_alone:
            return None
        now = datetime.now(UTC)
        trimmed = {
            "changes": await trim_change_log(engine, now, keep_log),
            "outcomes": await trim_done_commands(engine, now),
            "sessions": await trim_sessions(engine),
            "audit": await trim_audit(engine),
        }
    for kind, count in trimmed.items():
        trimmed_rows.labels(kind).inc(count)
    return trimmed


@asynccontextmanager
async def _alone(engine: AsyncEngine) -> AsyncIterator[bool]:
    """Whether nobody else holds the lock. It ends with its connection, so a node that dies leaves nothing locked."""
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        is_alone = bool(await connection.scalar(text("SELECT pg_try_advisory_lock(:id)"), {"id": LOCK_ID}))
        try:
            yield is_alone
        finally:
            if is_alone:
                await connection.execute(text("SELECT pg_advisory_unlock(:id)"), {"id": LOCK_ID})


class Upkeep:
    """Trims now and then for as long as the node runs."""

    def __init__(self, engine: AsyncEngine, keep_log: timedelta) -> None:
        self._engine = engine
        self._keep_log = keep_log
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, soon."""
        self._task = asyncio.create_task(self._work(), name="upkeep")

    async def stop(self) -> None:
        """End. A transaction that is under way is rolled back; the next run does its work."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _work(self) -> None:
        pause = FIRST_SECONDS
        while True:
            # Spread, so that nodes that started together do not all ask for the lock at once.
            await asyncio.sleep(pause * random.uniform(1, 1.5))  # noqa: S311 - no secret
            pause = PERIOD_SECONDS
            try:
                trimmed = await trim(self._engine, self._keep_log)
            except Exception:  # whatever it is, it must neither end the node nor the next attempt
                log.exception("trimming_failed")
            else:
                if trimmed is not None and any(trimmed.values()):
                    log.info("trimmed", **trimmed)
