"""Who may come in: reads access tokens, and asks whether their sessions go on."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, func
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.access_tokens import AccessTokens
from http_api.schema import account_sessions
from http_api.sessions import open_sessions
from tracker.asked_together import AskedTogether
from tracker.database import driver_lent
from tracker.identity import Identity, NotAuthenticated

# Written out once: every call and every socket asks it, and making it takes longer than sending it.
_OWNERS: Final = str(
    open_sessions()
    .with_only_columns(account_sessions.c.id, account_sessions.c.account_id)
    .where(account_sessions.c.id == func.any(bindparam("ids", type_=ARRAY(Uuid))))
    .compile(dialect=postgresql.asyncpg.dialect())  # type: ignore[no-untyped-call] # SQLAlchemy leaves it so
)


class SessionGate:
    """The gate of this node's calls and of its sockets."""

    def __init__(self, engine: AsyncEngine, access_tokens: AccessTokens) -> None:
        self._engine = engine
        self._access_tokens = access_tokens
        self._owners = AskedTogether(self._owners_of)

    async def authenticate(self, token: str) -> Identity:
        """Who the token says it is, if its session goes on. Raises `NotAuthenticated`."""
        identity = self._access_tokens.read(token)
        if await self._owners.answer(identity.session_id) != identity.account_id:
            raise NotAuthenticated
        return identity

    async def ended(self, session_ids: Collection[UUID]) -> set[UUID]:
        """Those of the sessions that do not go on: ended, expired, unknown, or of a disabled account."""
        return set(session_ids) - (await self._owners_of(session_ids)).keys()

    async def _owners_of(self, session_ids: Collection[UUID]) -> dict[UUID, UUID]:
        """The accounts of those of the sessions that go on."""
        async with driver_lent(self._engine) as connection:
            return {row[0]: row[1] for row in await connection.fetch(_OWNERS, session_ids)}
