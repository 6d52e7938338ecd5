"""How far each device has each board: what answers "is my phone up to date?".

A device says it itself, after it has stored what it was sent; the server only keeps it, and believes nothing that
cannot be: no seq that was not given out yet, no board that its owner does not belong to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Uuid, bindparam, delete, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from tracker.schema import device_positions


@dataclass(frozen=True, slots=True)
class DevicePosition:
    """Up to which seq of which epoch a device has stored a board, and when it said so. A sign-in is a device."""

    session_id: UUID
    account_id: UUID
    board_id: UUID
    epoch: UUID
    seq: int
    at: datetime


# Positions of several moments may come in one statement's conflict: none goes back within a life of the log.
_KEEP: Final = text(
    """
    INSERT INTO device_positions (session_id, board_id, epoch, seq, at)
    SELECT said.session_id, said.board_id, said.epoch, said.seq, said.at
    FROM unnest(:session_ids, :account_ids, :board_ids, :epochs, :seqs, :ats)
        AS said (session_id, account_id, board_id, epoch, seq, at)
    JOIN board_heads ON board_heads.board_id = said.board_id
        AND board_heads.epoch = said.epoch AND board_heads.seq >= said.seq
    JOIN member ON member.board_id = said.board_id AND member.id = said.account_id
    ORDER BY said.session_id, said.board_id
    ON CONFLICT (session_id, board_id) DO UPDATE
        SET epoch = excluded.epoch, seq = excluded.seq, at = excluded.at
        WHERE device_positions.epoch <> excluded.epoch OR device_positions.seq <= excluded.seq
    """
).bindparams(
    *(bindparam(name, type_=ARRAY(Uuid())) for name in ("session_ids", "account_ids", "board_ids", "epochs")),
    bindparam("seqs", type_=ARRAY(BigInteger())),
    bindparam("ats", type_=ARRAY(DateTime(timezone=True))),
)


async def keep_positions(connection: AsyncConnection, positions: Sequence[DevicePosition]) -> int:
    """Keep those that can be true, at most one for each device and board; tells how many were."""
    columns: dict[str, list[Any]] = {
        "session_ids": [position.session_id for position in positions],
        "account_ids": [position.account_id for position in positions],
        "board_ids": [position.board_id for position in positions],
        "epochs": [position.epoch for position in positions],
        "seqs": [position.seq for position in positions],
        "ats": [position.at for position in positions],
    }
    return (await connection.execute(_KEEP, columns)).rowcount


async def positions_of(connection: AsyncConnection, session_ids: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """By device, how far it has which board: `board_id`, `epoch`, `seq` and `at`."""
    table = device_positions.c
    rows = await connection.execute(
        select(table.session_id, table.board_id, table.epoch, table.seq, table.at)
        .where(table.session_id.in_(list(session_ids)))
        .order_by(table.session_id, table.board_id)
    )
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows.mappings():
        position = dict(row)
        found.setdefault(position.pop("session_id"), []).append(position)
    return found


async def forget_positions(connection: AsyncConnection, session_ids: Iterable[UUID]) -> None:
    """Forget what devices said whose sign-in is over."""
    await connection.execute(delete(device_positions).where(device_positions.c.session_id.in_(list(session_ids))))
