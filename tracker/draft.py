"""What one command does to records in memory, before anything is written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from tracker.records import R, Record, changed_fields, open_field_names
from tracker.refusal import Refused

Key = tuple[str, int]
"""What a record is known by on its board: its type, and its id as a number. To hash an id is a call of Python, and a
number needs none.
"""

Records = dict[UUID, dict[Key, Record | None]]
"""Records by their boards; None for one that is not there."""


class Touch(NamedTuple):
    """Records that a command reads or changes: one by its id, or with `id` None all of its type on the board.

    `follow` names fields of the record that hold the id of another one needed with it, and that one's type.
    """

    board_id: UUID
    record_type: type[Record]
    id: UUID | None
    follow: tuple[tuple[str, type[Record]], ...] = ()


@dataclass(slots=True)
class Delta:
    """What a command did to one board: `put` as the wire carries it, `removed` as type and id."""

    put: list[dict[str, Any]]
    removed: list[dict[str, Any]]


@dataclass(slots=True)
class Layer:
    """What a command does to one board: its edits over the records of its batch; None for one that is not there."""

    loaded: dict[Key, Record | None]
    edits: dict[Key, Record | None]

    def delta(self) -> Delta:
        """What was done, reduced to the fields that really changed; secret fields never appear."""
        put: list[dict[str, Any]] = []
        removed: list[dict[str, Any]] = []
        for key, after in self.edits.items():
            before = self.loaded.get(key)
            if after is None:
                if before is not None:
                    removed.append({"type": before.TYPE, "id": before.id})
            elif before is None:
                put.append(wire_record(after))
            elif changed := changed_fields(before, after):
                put.append({"type": after.TYPE, "id": after.id, **changed})
        return Delta(put, removed)


class Draft:
    """The records that a command touches, as a layer over those of its batch, by board.

    Handlers read and edit through it. Nothing reaches the batch before the command is through, so a refusal leaves
    no trace. `at` is the moment of the change, `actor_id` its author, `board_id` the board of the command, which
    every method means unless told another. `own` is what is done to that one, `elsewhere` to others.
    """

    def __init__(self, loaded: Records, board_id: UUID, actor_id: UUID, at: datetime) -> None:
        self._loaded = loaded
        self.own = Layer(loaded.setdefault(board_id, {}), {})
        self.elsewhere: dict[UUID, Layer] = {}
        self.board_id = board_id
        self.actor_id = actor_id
        self.at = at

    def find(self, record_type: type[R], id: UUID, board_id: UUID | None = None) -> R | None:
        """The record as it stands now, also from the trash; None when the board does not know it."""
        layer = self.own if board_id is None else self._layer_of(board_id)
        key = (record_type.TYPE, id.int)
        found = layer.edits if key in layer.edits else layer.loaded
        return found.get(key)  # type: ignore[return-value] # the key names its type

    def get(self, record_type: type[R], id: UUID, board_id: UUID | None = None) -> R:
        """The record, also from the trash. Refused `not_found` when the board does not know it."""
        record = self.find(record_type, id, board_id)
        if record is None:
            raise _unknown(record_type)
        return record

    def living(self, record_type: type[R], id: UUID) -> R:
        """The record, which must not be in the trash. Refused `not_found` otherwise."""
        record = self.find(record_type, id)
        if record is None:
            raise _unknown(record_type)
        if getattr(record, "deleted_at", None) is not None:
            raise Refused("not_found", f"This {_spoken(record_type)} is in the trash. Restore it first.")
        return record

    def every(self, record_type: type[R], board_id: UUID | None = None) -> list[R]:
        """All records of a type that was touched as a whole."""
        layer = self.own if board_id is None else self._layer_of(board_id)
        records = (layer.loaded | layer.edits).values()
        return [record for record in records if isinstance(record, record_type)]

    def create(self, record: Record, board_id: UUID | None = None) -> None:
        """Put a new record. Refused `already_exists` when its id is taken on this board, be it in the trash."""
        if self.find(type(record), record.id, board_id) is not None:
            raise Refused("already_exists", f"A {_spoken(type(record))} with this id exists on this board.")
        self.put(record, board_id)

    def put(self, record: Record, board_id: UUID | None = None) -> None:
        """Add the record or replace the one of its type and id."""
        layer = self.own if board_id is None else self._layer_of(board_id)
        layer.edits[record.TYPE, record.id.int] = record

    def remove(self, record: Record, board_id: UUID | None = None) -> None:
        """Take the record from the board for good."""
        layer = self.own if board_id is None else self._layer_of(board_id)
        layer.edits[record.TYPE, record.id.int] = None

    def _layer_of(self, board_id: UUID) -> Layer:
        if board_id == self.board_id:
            return self.own
        layer = self.elsewhere.get(board_id)
        if layer is None:
            layer = self.elsewhere[board_id] = Layer(self._loaded.setdefault(board_id, {}), {})
        return layer


def wire_record(record: Record) -> dict[str, Any]:
    """The whole record as the wire carries it: its type, then its fields without the secret ones."""
    values = {name: getattr(record, name) for name in open_field_names(type(record))}
    return {"type": record.TYPE, **values}


def _unknown(record_type: type[Record]) -> Refused:
    return Refused("not_found", f"This {_spoken(record_type)} does not exist on this board.")


def _spoken(record_type: type[Record]) -> str:
    return record_type.TYPE.replace("_", " ")
