"""Reading the change log: all changes of a board, in order. The door writes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import FromClause, Subquery, func, select, text
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


# Only what differs comes back: a node asks this all the time of all its boards, and nearly all stand still.
MOVED: Final = text(
    """
    SELECT known.board_id, head.epoch, head.seq, head.floor
    FROM unnest(CAST(:boards AS uuid[]), CAST(:epochs AS uuid[]), CAST(:seqs AS bigint[]))
        AS known (board_id, epoch, seq)
    LEFT JOIN board_heads AS head ON head.board_id = known.board_id
    WHERE head.epoch IS DISTINCT FROM known.epoch OR head.seq IS DISTINCT FROM known.seq
    """
)


async def read_moved_heads(
    connection: AsyncConnection, known: Mapping[UUID, tuple[UUID, int]]
) -> dict[UUID, Head | None]:
    """The heads of those boards that do not stand at this epoch and seq; None for a board that does not exist."""
    positions = {
        "boards": list(known),
        "epochs": [epoch for epoch, _ in known.values()],
        "seqs": [seq for _, seq in known.values()],
    }
    rows = await connection.execute(MOVED, positions)
    return {row.board_id: None if row.epoch is None else Head(row.epoch, row.seq, row.floor) for row in rows}
