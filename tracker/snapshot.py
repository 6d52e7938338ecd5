"""All records of a board at one seq, and the boards somebody has."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from tracker import wire
from tracker.database import driver_lent
from tracker.fields import BoardKind, Moment
from tracker.record_json import every_type
from tracker.records import Board, Member
from tracker.roles import Role
from tracker.schema import board_heads, record_tables

_BEFORE_RECORDS: Final = b',"records":'


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The board at `seq` in the life `epoch` of its log; `records` is a JSON array of them as the wire carries them.

    `at` is the moment of the change with that seq, as PostgreSQL writes it: a log that lost changes, and got others in
    their places, has another moment there.
    """

    board_id: UUID
    epoch: UUID
    seq: int
    at: str
    records: bytes

    @classmethod
    def of_encoded(cls, board_id: UUID, epoch: UUID, seq: int, at: str, encoded: bytes) -> Self:
        """The snapshot that was `encoded` for clients. Raises ValueError when it was none."""
        return cls(board_id, epoch, seq, at, encoded[encoded.index(_BEFORE_RECORDS) + len(_BEFORE_RECORDS) : -1])

    def encoded(self) -> bytes:
        """The snapshot as clients get it."""
        start = wire.encode({"board_id": self.board_id, "epoch": self.epoch, "seq": self.seq})
        return b"".join((start[:-1], _BEFORE_RECORDS, self.records, b"}"))


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


# One statement sees one moment, so the seq is the seq of exactly these records.
_SNAPSHOT: Final = f"""
    SELECT head.epoch, head.seq, last.at::text, of_a_type.records
    FROM board_heads AS head
    LEFT JOIN change_log AS last ON last.board_id = head.board_id AND last.seq = head.seq
    CROSS JOIN ({every_type("board_id = $1::uuid")}) AS of_a_type
    WHERE head.board_id = $1::uuid
"""  # noqa: S608 - names come from the record classes

FORM: Final = sha256(_SNAPSHOT.encode()).hexdigest()[:12]
"""What tells snapshots of this release from those of one whose records have other fields."""


async def read_snapshot(engine: AsyncEngine, board_id: UUID) -> Snapshot | None:
    """The board as it stands at one moment, for whoever may see it; None when there is no such board."""
    async with driver_lent(engine) as connection:
        rows = await connection.fetch(_SNAPSHOT, board_id)
    if not rows:
        return None
    epoch, seq, at, _ = rows[0]
    records = b",".join([row[3] for row in rows if row[3] is not None])
    return Snapshot(board_id, epoch, seq, at, b"".join((b"[", records, b"]")))


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
