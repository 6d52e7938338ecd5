"""Reading the change log: all changes of a board, in order. The door writes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import FromClause, Subquery, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tracker.schema import board_heads, change_log


@dataclass(frozen=True, slots=True)
class Head:
    """Where a board's log stands: which life of it, the seq of its last change, and the seq below which it is trimmed.

    The log holds every seq greater than `floor` and up to `seq`.
    """

    epoch: UUID
    seq: int
    floor: int


class LoggedChange(NamedTuple):
    """One change: its place in the log, and the exact JSON that clients get."""

    seq: int
    body: bytes


async def read_changes(
    connection: AsyncConnection,
    board_id: UUID,
    after: int,
    limit: int,
    *,
    upto: int | None = None,
    record_id: UUID | None = None,
) -> list[LoggedChange]:
    """Up to `limit` changes after seq `after` (and not above `upto`), oldest first; those of one record if asked."""
    log: FromClause = change_log if record_id is None else _touching(record_id)
    query = (
        select(log.c.seq, log.c.body)
        .where(log.c.board_id == board_id, log.c.seq > after)
        .order_by(log.c.seq)
        .limit(limit)
    )
    if upto is not None:
        query = query.where(log.c.seq <= upto)
    return [LoggedChange(row.seq, row.body.encode()) for row in await connection.execute(query)]


def _touching(record_id: UUID) -> Subquery:
    # OFFSET keeps PostgreSQL from walking the board's log in order instead, in hope of an early end.
    return select(change_log).where(change_log.c.touched.contains([record_id])).offset(0).subquery("touching")


async def read_heads(connection: AsyncConnection, board_ids: Iterable[UUID]) -> dict[UUID, Head]:
    """The heads of those of the boards that exist."""
    rows = await connection.execute(select(board_heads).where(board_heads.c.board_id == func.any(list(board_ids))))
    return {row.board_id: Head(row.epoch, row.seq, row.floor) for row in rows}
