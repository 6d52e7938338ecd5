"""A snapshot brought to where the board stands now, for a small part of what a new one takes."""

import asyncio
from dataclasses import replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine

from tracker.database import driver_lent
from tracker.record_json import every_type
from tracker.snapshot import Snapshot
from tracker.splice import spliced

PATCHED_CHANGES: Final = 300
"""How many changes behind a snapshot may be. Should each have touched another record of a board with 2,000 tasks,
reading these takes PostgreSQL a quarter of reading them all."""

_TOUCHED: Final = every_type("board_id = $1::uuid AND id = ANY ((SELECT ids FROM moved)::uuid[])")

# One statement sees one moment. The ids alone tell what moved: an id is unique only within its type, so the records of
# all types that have it are taken out and read anew. The change that the snapshot ends with is counted, too, if it is
# the same: then the count says at once whether the log goes on from there, and without a hole.
_MOVED: Final = f"""
    WITH logged AS MATERIALIZED (
        SELECT seq, at::text, touched FROM change_log
        WHERE board_id = $1::uuid AND seq BETWEEN $3::bigint AND $3::bigint + {PATCHED_CHANGES}
    ), moved AS MATERIALIZED (
        SELECT array_agg(DISTINCT id) AS ids FROM logged, unnest(touched) AS id WHERE seq > $3::bigint
    )
    SELECT head.seq,
        (SELECT at FROM logged WHERE logged.seq = head.seq),
        (SELECT count(*) FROM logged WHERE seq > $3::bigint OR at = $4::text),
        (SELECT ids FROM moved)::text[],
        (SELECT string_agg(records, ','::bytea) FROM ({_TOUCHED}) AS of_a_type)
    FROM board_heads AS head WHERE head.board_id = $1::uuid AND head.epoch = $2::uuid
"""  # noqa: S608 - names come from the record classes


async def read_patched(engine: AsyncEngine, known: Snapshot) -> Snapshot | None:
    """The board as it stands now, made of what is `known` and of the records that were touched since.

    None when the way from there is not known: the log was trimmed, is another or went back, is too far ahead, or what
    is known is no snapshot.
    """
    async with driver_lent(engine) as connection:
        row = await connection.fetchrow(_MOVED, known.board_id, known.epoch, known.seq, known.at)
    if row is None:
        return None
    seq, at, logged, ids, fresh = row
    if logged < 1 or logged != seq - known.seq + 1:
        return None
    gone = {id.encode() for id in ids or ()}
    try:
        records = await asyncio.to_thread(spliced, known.records, gone, fresh or b"")
    except ValueError:
        return None
    return replace(known, seq=seq, at=at, records=records)
