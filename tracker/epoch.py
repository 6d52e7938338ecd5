"""A new life for a log that is no longer what clients have seen of it."""

from uuid import UUID

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


async def begin_anew_if_shorter(connection: AsyncConnection, board_id: UUID, epoch: UUID, seq: int) -> None:
    """Give one board's log a new epoch if it is still in this one and does not reach up to `seq`.

    For a node that has handed out that seq: the database has lost committed changes, as after a failover to a standby
    that lagged. Before others get their seqs, every position of the old life has to lose its worth.
    """
    await connection.execute(
        update(board_heads)
        .where(board_heads.c.board_id == board_id, board_heads.c.epoch == epoch, board_heads.c.seq < seq)
        .values(epoch=func.gen_random_uuid())
    )
