"""A new life for every log, after the database was restored from a backup."""

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tracker.schema import board_heads


async def begin_new_epoch(connection: AsyncConnection) -> int:
    """Give every board's log a new epoch, and tell how many there are.

    Clients may have seen changes that the backup lacks, and other changes will get the same seqs: with the epoch all
    their positions lose their worth, and each takes a fresh snapshot, once.
    """
    result = await connection.execute(update(board_heads).values(epoch=func.gen_random_uuid()))
    return result.rowcount
