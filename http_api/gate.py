"""Who may come in: reads access tokens, and asks whether their sessions go on."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.access_tokens import AccessTokens
from http_api.schema import account_sessions
from http_api.sessions import open_sessions
from tracker.identity import Identity, NotAuthenticated


class SessionGate:
    """The gate of this node's calls and of its sockets."""

    def __init__(self, engine: AsyncEngine, access_tokens: AccessTokens) -> None:
        self._engine = engine
        self._access_tokens = access_tokens

    async def authenticate(self, token: str) -> Identity:
        """Who the token says it is, if its session goes on. Raises `NotAuthenticated`."""
        identity = self._access_tokens.read(token)
        async with self._engine.connect() as connection:
            session = await connection.execute(
                open_sessions().where(
                    account_sessions.c.id == identity.session_id,
                    account_sessions.c.account_id == identity.account_id,
                )
            )
        if session.first() is None:
            raise NotAuthenticated
        return identity

    async def ended(self, session_ids: Collection[UUID]) -> set[UUID]:
        """Those of the sessions that do not go on: ended, expired, unknown, or of a disabled account."""
        async with self._engine.connect() as connection:
            going_on = await connection.scalars(
                open_sessions()
                .with_only_columns(account_sessions.c.id)
                .where(account_sessions.c.id == func.any(list(session_ids)))
            )
        return set(session_ids) - set(going_on)
