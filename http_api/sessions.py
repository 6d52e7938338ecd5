"""Sign-ins of devices, as they are kept. All times are the database's, which all nodes share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from http_api.schema import account_sessions, accounts
from tracker.device_positions import forget_positions

# However often it is refreshed, a sign-in ends after half a year: a lost device does not stay signed in for ever.
LIFETIME: Final = timedelta(days=180)

EndReason = Literal["signed_out", "ended_by_owner", "password_changed", "refresh_reused"]


@dataclass(frozen=True, slots=True)
class Device:
    """What is known of where a sign-in came from."""

    name: str
    ip: str


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of one device."""

    id: UUID
    account_id: UUID
    device_name: str
    ip: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


_COLUMNS: Final = tuple(account_sessions.c[name] for name in Session.__dataclass_fields__)


def is_open() -> ColumnElement[bool]:
    """That a session has neither been ended nor reached the end of its lifetime."""
    return and_(account_sessions.c.ended_at.is_(None), account_sessions.c.expires_at > func.now())


def open_sessions() -> Select[tuple[object, ...]]:
    """The open sessions of accounts that are not disabled."""
    return (
        select(*_COLUMNS)
        .join(accounts, accounts.c.id == account_sessions.c.account_id)
        .where(is_open(), accounts.c.disabled_at.is_(None))
    )


async def open_session(connection: AsyncConnection, account_id: UUID, device: Device) -> Session:
    """Keep a new sign-in."""
    row = await connection.execute(
        insert(account_sessions)
        .values(
            id=uuid4(),
            account_id=account_id,
            device_name=device.name,
            ip=device.ip,
            expires_at=func.now() + LIFETIME,
        )
        .returning(*_COLUMNS)
    )
    return Session(**row.mappings().one())


async def sessions_of(connection: AsyncConnection, account_id: UUID) -> list[Session]:
    """The account's open sessions, the one seen last first."""
    rows = await connection.execute(
        open_sessions()
        .where(account_sessions.c.account_id == account_id)
        .order_by(account_sessions.c.last_seen_at.desc(), account_sessions.c.id)
    )
    return [Session(**row) for row in rows.mappings()]


async def end_session(connection: AsyncConnection, account_id: UUID, session_id: UUID, reason: EndReason) -> bool:
    """End an open session of this account; False if there is no such one."""
    ended = await _end(
        connection, reason, account_sessions.c.id == session_id, account_sessions.c.account_id == account_id
    )
    return bool(ended)


async def end_other_sessions(
    connection: AsyncConnection, account_id: UUID, kept: UUID, reason: EndReason
) -> Sequence[UUID]:
    """End all open sessions of this account but one, and tell which those were."""
    return await _end(connection, reason, account_sessions.c.account_id == account_id, account_sessions.c.id != kept)


async def _end(connection: AsyncConnection, reason: EndReason, *which: ColumnElement[bool]) -> Sequence[UUID]:
    result = await connection.scalars(
        update(account_sessions)
        .where(is_open(), *which)
        .values(ended_at=func.now(), end_reason=reason)
        .returning(account_sessions.c.id)
    )
    ended = result.all()
    if ended:
        await forget_positions(connection, ended)
    return ended
