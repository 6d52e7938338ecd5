"""Records in and out of their tables: one query and one upsert a table, however many records."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from tracker import wire
from tracker.draft import Key, Touch
from tracker.one_statement import Part
from tracker.records import RECORD_TYPES, Record, field_names, record_of, values_of


def _columns(record_type: type[Record]) -> list[str]:
    return ["board_id", *field_names(record_type)]


def _row(record_type: type[Record]) -> str:
    return f"ROW({', '.join(f'kept.{name}' for name in map(_quoted, _columns(record_type)))})"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _select_some(record_type: type[Record]) -> str:
    return (
        f"SELECT {_row(record_type)} FROM unnest($1::uuid[], $2::uuid[]) AS asked (board_id, id) "  # noqa: S608 - names come from the record classes
        f'JOIN "{record_type.TYPE}" AS kept USING (board_id, id)'
    )


def _select_all(record_type: type[Record]) -> str:
    return f'SELECT {_row(record_type)} FROM "{record_type.TYPE}" AS kept WHERE board_id = ANY($1::uuid[])'  # noqa: S608 - names come from the record classes


def _upsert(record_type: type[Record]) -> str:
    # One JSON parameter instead of one array a column: arrays of arrays cannot be unnested row by row.
    names = [_quoted(name) for name in _columns(record_type)]
    settings = ", ".join(f"{name} = EXCLUDED.{name}" for name in names[2:])
    return (
        f'INSERT INTO "{record_type.TYPE}" ({", ".join(names)}) '  # noqa: S608 - names come from the record classes
        f'SELECT {", ".join(names)} FROM json_populate_recordset(NULL::"{record_type.TYPE}", $1::json) '
        f"ON CONFLICT (board_id, id) DO UPDATE SET {settings}"
    )


def _delete(record_type: type[Record]) -> str:
    return (
        f'DELETE FROM "{record_type.TYPE}" '  # noqa: S608 - names come from the record classes
        "WHERE (board_id, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))"
    )


SELECT_SOME: Final = {name: _select_some(record_type) for name, record_type in RECORD_TYPES.items()}
SELECT_ALL: Final = {name: _select_all(record_type) for name, record_type in RECORD_TYPES.items()}
UPSERT: Final = {name: _upsert(record_type) for name, record_type in RECORD_TYPES.items()}
DELETE: Final = {name: _delete(record_type) for name, record_type in RECORD_TYPES.items()}


class Loading:
    """The queries for touched records, and the records that their answers hold."""

    def __init__(self, touches: Iterable[Touch]) -> None:
        some: defaultdict[str, set[tuple[UUID, UUID]]] = defaultdict(set)
        every: defaultdict[str, set[UUID]] = defaultdict(set)
        for touch in touches:
            if touch.id is None:
                every[touch.record_type.TYPE].add(touch.board_id)
            else:
                some[touch.record_type.TYPE].add((touch.board_id, touch.id))
        self._names = [*sorted(some), *sorted(every)]
        self.parts = [
            *(Part(SELECT_SOME[name], tuple(zip(*some[name], strict=True))) for name in sorted(some)),
            *(Part(SELECT_ALL[name], (list(every[name]),)) for name in sorted(every)),
        ]

    def records(self, answers: Sequence[Sequence[tuple[Any, ...]]]) -> dict[Key, Record]:
        """Those of the touched records that exist; `answers` are those to `parts`."""
        return {
            Key(row[0], name, row[1]): record_of(RECORD_TYPES[name], row[1:])
            for name, rows in zip(self._names, answers, strict=True)
            for row in rows
        }


def followed(touches: Iterable[Touch], records: Mapping[Key, Record]) -> list[Touch]:
    """What the touched records lead to (`Touch.follow`) and what is not among the records yet."""
    return [
        Touch(touch.board_id, record_type, referenced)
        for touch in touches
        if touch.follow and touch.id is not None
        for field, record_type in touch.follow
        if (record := records.get(Key(touch.board_id, touch.record_type.TYPE, touch.id))) is not None
        and (referenced := getattr(record, field)) is not None
        and Key(touch.board_id, record_type.TYPE, referenced) not in records
    ]


def saving(edits: Mapping[Key, Record | None]) -> list[Part]:
    """What writes every record as it stands now, and deletes those that are None."""
    puts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    removals: defaultdict[str, list[Key]] = defaultdict(list)
    for key, record in edits.items():
        if record is None:
            removals[key.type].append(key)
        else:
            values = zip(field_names(type(record)), values_of(record), strict=True)
            puts[key.type].append({"board_id": key.board_id, **dict(values)})
    return [
        *(Part(UPSERT[name], (wire.encode(puts[name]).decode(),)) for name in sorted(puts)),
        *(
            Part(DELETE[name], ([key.board_id for key in removals[name]], [key.id for key in removals[name]]))
            for name in sorted(removals)
        ),
    ]
