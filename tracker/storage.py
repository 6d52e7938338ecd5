"""Records in and out of their tables: one query and one upsert a table, however many records."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from tracker import wire
from tracker.draft import Records, Touch
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


COLUMNS: Final = {name: _columns(record_type) for name, record_type in RECORD_TYPES.items()}
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

    def put_into(self, records: Records, answers: Sequence[Sequence[tuple[Any, ...]]]) -> None:
        """Add those of the touched records that exist, each to its board's; `answers` are those to `parts`."""
        for name, rows in zip(self._names, answers, strict=True):
            for board_id, *values in rows:
                records.setdefault(board_id, {})[name, values[0].int] = record_of(RECORD_TYPES[name], values)


def followed(touches: Iterable[Touch], records: Records) -> list[Touch]:
    """What the touched records lead to (`Touch.follow`) and what is not among the records yet."""
    return [
        Touch(touch.board_id, record_type, referenced)
        for touch in touches
        if touch.follow and touch.id is not None
        for field, record_type in touch.follow
        if (record := records.get(touch.board_id, {}).get((touch.record_type.TYPE, touch.id.int))) is not None
        and (referenced := getattr(record, field)) is not None
        and (record_type.TYPE, referenced.int) not in records[touch.board_id]
    ]


def saving(edits: Records) -> list[Part]:
    """What writes every record as it stands now, and deletes those that are None."""
    puts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    removals: defaultdict[str, list[tuple[UUID, UUID]]] = defaultdict(list)
    for board_id, of_board in edits.items():
        for (name, number), record in of_board.items():
            if record is None:
                removals[name].append((board_id, UUID(int=number)))
            else:
                puts[name].append(dict(zip(COLUMNS[name], (board_id, *values_of(record)), strict=True)))
    parts = [Part(UPSERT[name], (wire.encode(puts[name]).decode(),)) for name in sorted(puts)]
    parts += [Part(DELETE[name], tuple(zip(*removals[name], strict=True))) for name in sorted(removals)]
    return parts
