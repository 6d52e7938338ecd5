"""Forgetting the outcomes of commands that no device may send any more."""

from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tracker.retention import OUTCOMES_KEPT, first_id_at

BATCH: Final = 5_000

# An outcome stays until its moment and the one in its id are past: the device's clock may have been ahead. Ids
# without a moment (any version but 7) stay for ever, because a repeat of theirs could not be told from a new command.
FORGET: Final = text(
    """
    DELETE FROM done_commands WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM done_commands
        WHERE at < :cutoff AND command_id < :first_kept AND substring(command_id::text, 15, 1) = '7'
        LIMIT :batch
    ))
    """
)


async def trim_done_commands(engine: AsyncEngine, now: datetime) -> int:
    """Remove outcomes beyond their time; returns how many."""
    cutoff = now - OUTCOMES_KEPT
    bounds = {"cutoff": cutoff, "first_kept": first_id_at(cutoff), "batch": BATCH}
    trimmed = 0
    while True:
        async with engine.begin() as connection:
            count = (await connection.execute(FORGET, bounds)).rowcount
        trimmed += count
        if count < BATCH:
            return trimmed
