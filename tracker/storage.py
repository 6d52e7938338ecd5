"""Records in and out of their tables: one SELECT and one upsert a table, however many records."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final, Protocol
from uuid import UUID

import asyncpg

from tracker import wire
from tracker.draft import Key, R, Touch
from tracker.records import RECORD_TYPES, Record


class Row(Protocol):
    """What a database driver returns for a row, be it asyncpg or SQLAlchemy."""

    def __getitem__(self, key: str, /) -> Any: ...


def _columns(record_type: type[Record]) -> list[str]:
    return ["board_id", *(f.name for f in fields(record_type))]


def _select(record_type: type[Record]) -> str:
    names = ", ".join(f'"{name}"' for name in _columns(record_type))
    return (
        f'SELECT {names} FROM "{record_type.TYPE}" '  # noqa: S608 - names come from the record classes
        "WHERE (board_id, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[])) OR board_id = ANY($3::uuid[])"
    )


def _upsert(record_type: type[Record]) -> str:
    # One JSON parameter instead of one array a column: arrays of arrays cannot be unnested row by row.
    names = [f'"{name}"' for name in _columns(record_type)]
    settings = ", ".join(f"{name} = EXCLUDED.{name}" for name in names[2:])
    return (
        f'INSERT INTO "{record_type.TYPE}" ({", ".join(names)}) '  # noqa: S608
        f'SELECT {", ".join(names)} FROM json_populate_recordset(NULL::"{record_type.TYPE}", $1::json) '
        f"ON CONFLICT (board_id, id) DO UPDATE SET {settings}"
    )


def _delete(record_type: type[Record]) -> str:
    return (
        f'DELETE FROM "{record_type.TYPE}" '  # noqa: S608
        "WHERE (board_id, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))"
    )


SELECT: Final = {name: _select(record_type) for name, record_type in RECORD_TYPES.items()}
UPSERT: Final = {name: _upsert(record_type) for name, record_type in RECORD_TYPES.items()}
DELETE: Final = {name: _delete(record_type) for name, record_type in RECORD_TYPES.items()}


async def load(connection: asyncpg.Connection, touches: Iterable[Touch]) -> dict[Key, Record]:
    """The touched records that exist, and those that they lead to (`Touch.follow`)."""
    touches = list(touches)
    records = await _load(connection, touches)
    followed = [
        Touch(touch.board_id, record_type, referenced)
        for touch in touches
        if touch.follow and touch.id is not None
        for field, record_type in touch.follow
        if (record := records.get(Key(touch.board_id, touch.record_type.TYPE, touch.id))) is not None
        and (referenced := getattr(record, field)) is not None
        and Key(touch.board_id, record_type.TYPE, referenced) not in records
    ]
    if followed:
        records |= await _load(connection, followed)
    return records


async def _load(connection: asyncpg.Connection, touches: Iterable[Touch]) -> dict[Key, Record]:
    singles: defaultdict[str, set[tuple[UUID, UUID]]] = defaultdict(set)
    wholes: defaultdict[str, set[UUID]] = defaultdict(set)
    for touch in touches:
        if touch.id is None:
            wholes[touch.record_type.TYPE].add(touch.board_id)
        else:
            singles[touch.record_type.TYPE].add((touch.board_id, touch.id))
    records: dict[Key, Record] = {}
    for name in singles.keys() | wholes.keys():
        boards, ids = zip(*singles[name], strict=True) if singles[name] else ((), ())
        for row in await connection.fetch(SELECT[name], boards, ids, list(wholes[name])):
            record = record_of(RECORD_TYPES[name], row)
            records[Key(row["board_id"], name, record.id)] = record
    return records


def record_of(record_type: type[R], row: Row) -> R:
    """The record in a row of its table."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value := row[name], list) else value
        for name in (f.name for f in fields(record_type))
    }
    return record_type(**values)


async def save(connection: asyncpg.Connection, edits: Mapping[Key, Record | None]) -> None:
    """Write every record as it stands now, and delete those that are None."""
    puts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    removals: defaultdict[str, list[Key]] = defaultdict(list)
    for key, record in edits.items():
        if record is None:
            removals[key.type].append(key)
        else:
            values = {f.name: getattr(record, f.name) for f in fields(record)}
            puts[key.type].append({"board_id": key.board_id, **values})
    for name, rows in puts.items():
        await connection.execute(UPSERT[name], wire.encode(rows).decode())
    for name, keys in removals.items():
        await connection.execute(DELETE[name], [key.board_id for key in keys], [key.id for key in keys])
