"""What accounts leave behind, and how long it is kept."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, or_
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.schema import account_sessions, security_audit

SESSIONS_KEPT: Final = timedelta(days=90)
"""After their end, for whoever has to find out which device did what. Their refresh tokens go with them."""

AUDIT_KEPT: Final = timedelta(days=400)
"""A year to look back, and a month to do so. The database itself refuses to delete what is younger than a year."""


async def trim_sessions(engine: AsyncEngine) -> int:
    """Remove sign-ins that ended long ago; returns how many."""
    latest = func.now() - SESSIONS_KEPT
    ended = or_(account_sessions.c.ended_at < latest, account_sessions.c.expires_at < latest)
    async with engine.begin() as connection:
        return (await connection.execute(delete(account_sessions).where(ended))).rowcount


async def trim_audit(engine: AsyncEngine) -> int:
    """Remove what was written down more than a year ago; returns how many."""
    async with engine.begin() as connection:
        old = security_audit.c.at < func.now() - AUDIT_KEPT
        return (await connection.execute(delete(security_audit).where(old))).rowcount
