"""Taking the oldest changes out of the log."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tracker.retention import LOG_KEPT_AT_LEAST, LOG_KEPT_AT_MOST
from tracker.schema import board_heads, change_log

BATCH: Final = 1_000
"""Changes in one transaction: it holds the board's head, and a writer should not notice."""

# One look at the oldest change of each board that has more than it keeps anyway.
BOARDS_WITH_OLD_CHANGES: Final = text(
    """
    SELECT head.board_id FROM board_heads AS head
    WHERE head.seq - head.floor > :at_least AND (
        head.seq - head.floor > :at_most
        OR (SELECT at FROM change_log WHERE board_id = head.board_id AND seq = head.floor + 1) < :cutoff
    )
    """
)

log = structlog.get_logger()


async def trim_change_log(engine: AsyncEngine, now: datetime, keep: timedelta) -> int:
    """Remove changes older than `keep`, and those beyond the number that is kept; returns how many.

    A board's floor rises in the same transaction. Clients whose position is below it are told to take a snapshot.
    """
    cutoff = now - keep
    bounds = {"at_least": LOG_KEPT_AT_LEAST, "at_most": LOG_KEPT_AT_MOST, "cutoff": cutoff}
    async with engine.connect() as connection:
        boards = list(await connection.scalars(BOARDS_WITH_OLD_CHANGES, bounds))
    return sum([await _trim_board(engine, board_id, cutoff) for board_id in boards])


async def _trim_board(engine: AsyncEngine, board_id: UUID, cutoff: datetime) -> int:
    trimmed = 0
    try:
        while True:
            async with engine.begin() as connection:
                count = await _trim_batch(connection, board_id, cutoff)
            trimmed += count
            if count < BATCH:
                return trimmed
    except DBAPIError as error:
        # Its head is held by somebody who is stuck. There is a next time.
        log.warning("board_not_trimmed", reason=type(error.orig).__name__)
        return trimmed


async def _trim_batch(connection: AsyncConnection, board_id: UUID, cutoff: datetime) -> int:
    head = (
        await connection.execute(select(board_heads).where(board_heads.c.board_id == board_id).with_for_update())
    ).one()
    last = min(head.floor + BATCH, head.seq - LOG_KEPT_AT_LEAST)
    last_old = await connection.scalar(
        select(func.max(change_log.c.seq)).where(
            change_log.c.board_id == board_id,
            change_log.c.seq > head.floor,
            change_log.c.seq <= last,
            change_log.c.at < cutoff,
        )
    )
    floor: int = min(last, max(last_old or 0, head.seq - LOG_KEPT_AT_MOST))
    if floor <= head.floor:
        return 0
    await connection.execute(update(board_heads).where(board_heads.c.board_id == board_id).values(floor=floor))
    await connection.execute(delete(change_log).where(change_log.c.board_id == board_id, change_log.c.seq <= floor))
    return floor - int(head.floor)
