"""What accounts leave behind, and how long it is kept."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.schema import account_sessions, security_audit
from tracker.device_positions import forget_positions

SESSIONS_KEPT: Final = timedelta(days=90)
"""After their end, for whoever has to find out which device did what. Their refresh tokens go with them."""

AUDIT_KEPT: Final = timedelta(days=400)
"""A year to look back, and a month to do so. The database itself refuses to delete what is younger than a year."""

BATCH: Final = 1_000
"""Sign-ins in one transaction."""


async def trim_sessions(engine: AsyncEngine) -> int:
    """Remove sign-ins that ended long ago; returns how many."""
    latest = func.now() - SESSIONS_KEPT
    table = account_sessions.c
    old = select(table.id).where(or_(table.ended_at < latest, table.expires_at < latest)).limit(BATCH)
    trimmed = 0
    while True:
        async with engine.begin() as connection:
            gone = list(await connection.scalars(delete(account_sessions).where(table.id.in_(old)).returning(table.id)))
            # Those that were ended are forgotten there already; those that nobody ended are not.
            await forget_positions(connection, gone)
        trimmed += len(gone)
        if len(gone) < BATCH:
            return trimmed


async def trim_audit(engine: AsyncEngine) -> int:
    """Remove what was written down more than a year ago; returns how many."""
    async with engine.begin() as connection:
        old = security_audit.c.at < func.now() - AUDIT_KEPT
        return (await connection.execute(delete(security_audit).where(old))).rowcount
