"""Refresh tokens: each is used once, for its successor. One used again tells of a thief.

Only hashes are kept. The tokens of one session are a family, and die together.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from http_api.schema import account_sessions, refresh_tokens
from http_api.sessions import Session, end_session, open_sessions

TOKEN_BYTES: Final = 32
# A device that was not seen for so long signs in again.
IDLE_LIFETIME: Final = timedelta(days=30)
# An answer can be lost on its way, and two tabs can ask at once: then the same token comes again, soon.
GRACE: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Rotated:
    """The session goes on with this new token."""

    session: Session
    token: str


@dataclass(frozen=True, slots=True)
class Reused:
    """Somebody else has this token, too: the session has been ended."""

    session: Session


def hash_of(token: str) -> bytes:
    """What is kept of a token. It is random, so that a plain hash cannot be searched."""
    return sha256(token.encode()).digest()


async def issue(connection: AsyncConnection, session_id: UUID) -> str:
    """A new token for this session."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    await connection.execute(insert(refresh_tokens).values(token_hash=hash_of(token), session_id=session_id))
    return token


async def session_of(connection: AsyncConnection, token: str) -> Session | None:
    """The open session that the token belongs to, locked until the transaction ends."""
    family = select(refresh_tokens.c.session_id).where(refresh_tokens.c.token_hash == hash_of(token))
    row = await connection.execute(
        open_sessions().where(account_sessions.c.id == family.scalar_subquery()).with_for_update(of=account_sessions)
    )
    found = row.mappings().one_or_none()
    return None if found is None else Session(**found)


async def rotate(connection: AsyncConnection, token: str) -> Rotated | Reused | None:
    """Use a token for its successor; None if it carries nothing on."""
    session = await session_of(connection, token)
    if session is None:
        return None
    # Read after the lock, in a statement of its own: it sees what the one who held the lock before has done.
    used = (
        await connection.execute(
            select(
                refresh_tokens.c.used_at.is_not(None).label("before"),
                func.coalesce(refresh_tokens.c.used_at <= func.now() - GRACE, False).label("long_before"),
                (refresh_tokens.c.created_at <= func.now() - IDLE_LIFETIME).label("too_late"),
            ).where(refresh_tokens.c.token_hash == hash_of(token))
        )
    ).one()
    if used.long_before:
        await end_session(connection, session.account_id, session.id, "refresh_reused")
        return Reused(session)
    if used.too_late:
        return None
    successor = await issue(connection, session.id)
    if not used.before:
        await _retire(connection, session.id, successor)
    await connection.execute(
        update(account_sessions).where(account_sessions.c.id == session.id).values(last_seen_at=func.now())
    )
    return Rotated(session, successor)


async def _retire(connection: AsyncConnection, session_id: UUID, successor: str) -> None:
    """Mark all unused tokens of the session as used, also those that the grace gave out beside this one.

    Of two who hold siblings, a thief and the owner, the second to come is then found out.
    """
    successor_hash = hash_of(successor)
    await connection.execute(
        update(refresh_tokens)
        .where(
            refresh_tokens.c.session_id == session_id,
            refresh_tokens.c.used_at.is_(None),
            refresh_tokens.c.token_hash != successor_hash,
        )
        .values(used_at=func.now(), replaced_by=successor_hash)
    )
    # Too old to be taken, and so too old to be told apart from one that never was.
    await connection.execute(
        delete(refresh_tokens).where(
            refresh_tokens.c.session_id == session_id,
            refresh_tokens.c.created_at <= func.now() - IDLE_LIFETIME,
            refresh_tokens.c.used_at.is_not(None),
        )
    )
