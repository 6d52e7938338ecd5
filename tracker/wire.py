"""JSON as it crosses the wire and lies in the change log. The only module that knows orjson."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import orjson

# Moments are formatted here because orjson writes six digits of a second and browsers three.
_OPTIONS: Final = orjson.OPT_PASSTHROUGH_DATETIME


def _plain(value: object) -> str:
    if isinstance(value, UUID):  # asyncpg's own kind, which orjson does not take for one
        return str(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


@lru_cache(256)
def moment(value: datetime) -> str:
    """A moment in UTC as `encode` writes it. For whoever writes one often: `encode` calls back for each that is no text
    yet.
    """
    # A millisecond has 23 characters; strftime would take ten times as long.
    return value.isoformat(timespec="milliseconds")[:23] + "Z"


def encode(value: object) -> bytes:
    """The value as compact UTF-8 JSON without line breaks: dataclasses, UUIDs, days, and moments in UTC."""
    return orjson.dumps(value, default=_plain, option=_OPTIONS)


def encode_to_keep(value: object) -> bytes:
    """As `encode`, for what stays in memory: orjson's own result holds the 4 KiB at least that it was written into."""
    return bytes(memoryview(encode(value)))


def decode(data: bytes | str) -> Any:
    """The value of a JSON document. Raises ValueError. Of a key that stands twice in an object it takes the last."""
    return orjson.loads(data)
