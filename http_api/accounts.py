"""Accounts as they are kept."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.ext.asyncio import AsyncConnection

from http_api.schema import accounts


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in. A disabled account cannot, and has no open session."""

    id: UUID
    email: str
    name: str
    password_hash: str = field(repr=False)
    created_at: datetime
    disabled_at: datetime | None


async def add_account(
    connection: AsyncConnection, account_id: UUID, email: str, name: str, password_hash: str
) -> Account | None:
    """Keep a new account; None if the address is taken. Others who want the address wait for our transaction."""
    statement = (
        insert_or_not(accounts)
        .values(id=account_id, email=email, name=name, password_hash=password_hash)
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(accounts)
    )
    row = (await connection.execute(statement)).mappings().one_or_none()
    return None if row is None else Account(**row)


async def account_by_email(connection: AsyncConnection, email: str) -> Account | None:
    """The account that signs in with this address."""
    row = (await connection.execute(select(accounts).where(accounts.c.email == email))).mappings().one_or_none()
    return None if row is None else Account(**row)


async def account_by_id(connection: AsyncConnection, account_id: UUID) -> Account:
    """The account that somebody has signed in to."""
    row = (await connection.execute(select(accounts).where(accounts.c.id == account_id))).mappings().one()
    return Account(**row)


async def replace_password_hash(connection: AsyncConnection, account: Account, password_hash: str) -> bool:
    """Keep a new hash in place of the one that was checked; False if somebody else has replaced that meanwhile."""
    result = await connection.execute(
        update(accounts)
        .where(accounts.c.id == account.id, accounts.c.password_hash == account.password_hash)
        .values(password_hash=password_hash)
    )
    return result.rowcount == 1


async def hold_password(connection: AsyncConnection, account: Account) -> bool:
    """Keep the password that was checked from being changed until the transaction ends; False if it already was.

    False, too, if the account was disabled meanwhile. Checking takes so long that both can happen.
    """
    row = await connection.scalar(
        select(accounts.c.id)
        .where(
            accounts.c.id == account.id,
            accounts.c.password_hash == account.password_hash,
            accounts.c.disabled_at.is_(None),
        )
        .with_for_update(read=True)
    )
    return row is not None
