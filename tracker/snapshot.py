"""All records of a board at one seq, for whoever may see it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from tracker.access import standing
from tracker.draft import wire_record
from tracker.fields import BoardKind, Moment
from tracker.records import Board, Member
from tracker.roles import Role
from tracker.schema import board_heads, record_tables
from tracker.storage import record_of


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The board at `seq` in the life `epoch` of its log; records as the wire carries them."""

    board_id: UUID
    epoch: UUID
    seq: int
    records: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """A board that somebody belongs to, and where its log stands."""

    board_id: UUID
    kind: BoardKind
    title: str
    role: Role
    epoch: UUID
    seq: int
    deleted_at: Moment | None


async def read_snapshot(engine: AsyncEngine, account_id: UUID, board_id: UUID) -> Snapshot | None:
    """The board as it stands at one moment; None alike for one that is absent and one that is not theirs.

    All reads see one state of the database (REPEATABLE READ), so the seq is the seq of exactly these records.
    """
    async with engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        mine = await standing(connection, account_id, board_id)
        if mine is None:
            return None
        records = [
            wire_record(record_of(record_type, row))
            for record_type, table in record_tables.items()
            for row in (await connection.execute(select(table).where(table.c.board_id == board_id))).mappings()
        ]
    return Snapshot(board_id, mine.head.epoch, mine.head.seq, records)


async def boards_of(engine: AsyncEngine, account_id: UUID) -> list[BoardEntry]:
    """The boards the account belongs to, its personal one first, then by title."""
    board, member = record_tables[Board], record_tables[Member]
    query = (
        select(
            board.c.board_id,
            board.c.kind,
            board.c.title,
            member.c.role,
            board_heads.c.epoch,
            board_heads.c.seq,
            board.c.deleted_at,
        )
        .join(member, member.c.board_id == board.c.board_id)
        .join(board_heads, board_heads.c.board_id == board.c.board_id)
        .where(member.c.id == account_id)
        .order_by(board.c.kind, board.c.title, board.c.board_id)
    )
    async with engine.connect() as connection:
        return [BoardEntry(**row) for row in (await connection.execute(query)).mappings()]
