"""Snapshots brought up to date as the bytes that they are: decoding a thousand kilobytes of JSON to change one record
of them would take longer than PostgreSQL takes to write them all.

Two things of the records' JSON make it safe. They begin with their type and their id. And a quotation mark inside a
text is escaped, so what stands between two records stands nowhere else.
"""

from collections.abc import Collection
from typing import Final

_FIRST: Final = b'[{"type":"'
_NEXT: Final = b'},{"type":"'
_LAST: Final = b"}]"
_BEFORE_ID: Final = b'","id":"'
_ID_LENGTH: Final = 36


def spliced(records: bytes, gone: Collection[bytes], fresh: bytes) -> bytes:
    """The JSON array without the records that have one of the ids `gone`, and with those of `fresh`.

    The ids are as JSON has them; `fresh` are records with commas between, or nothing. Raises ValueError when `records`
    are none.
    """
    if not (records.startswith(_FIRST) and records.endswith(_LAST)):
        raise ValueError("not an array of records")
    stay = [record for record in records[len(_FIRST) : -len(_LAST)].split(_NEXT) if _id(record) not in gone]
    if not stay:
        return b"[%b]" % fresh
    end = b"},%b]" % fresh if fresh else _LAST
    return b"".join((_FIRST, _NEXT.join(stay), end))


def _id(record: bytes) -> bytes:
    start = record.index(_BEFORE_ID) + len(_BEFORE_ID)
    return record[start : start + _ID_LENGTH]
