"""The security audit: who did what to what, from where. Append only, and nothing secret in it."""

from typing import Literal
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from http_api.schema import security_audit
from http_api.visit import Visit

Act = Literal[
    "account_created",
    "sign_up_refused",
    "signed_in",
    "sign_in_refused",
    "signed_out",
    "session_ended",
    "refresh_reused",
    "password_changed",
    "password_change_refused",
]


async def record_act(
    connection: AsyncConnection, visit: Visit, act: Act, *, actor: UUID | None, object_id: UUID | None
) -> None:
    """Write the act down, in the transaction that does it.

    `actor` is the account in whose name it was done, None for somebody not signed in; `object_id` the account or
    session it was done to. An address that somebody typed is not written down: people type passwords there.
    """
    await connection.execute(
        insert(security_audit).values(
            actor=actor,
            act=act,
            object=None if object_id is None else str(object_id),
            address=str(visit.address),
            request_id=visit.request_id,
        )
    )
