"""What one command does to records in memory, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast
from uuid import UUID

from tracker.records import R, Record, field_names, open_field_names, values_of
from tracker.refusal import Refused


class Key(NamedTuple):
    """What a record is known by."""

    board_id: UUID
    type: str
    id: UUID


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


class Draft:
    """The records that a command touches, as a layer over those of its batch.

    Handlers read and edit through it. Nothing reaches the batch before the command is through, so a refusal leaves
    no trace. `at` is the moment of the change, `actor_id` its author, `board_id` the board of the command, which
    every method means unless told another.
    """

    def __init__(self, loaded: Mapping[Key, Record], board_id: UUID, actor_id: UUID, at: datetime) -> None:
        self._loaded = loaded
        self._edits: dict[Key, Record | None] = {}
        self.board_id = board_id
        self.actor_id = actor_id
        self.at = at

    def find(self, record_type: type[R], id: UUID, board_id: UUID | None = None) -> R | None:
        """The record as it stands now, also from the trash; None when the board does not know it."""
        key = Key(board_id or self.board_id, record_type.TYPE, id)
        # Most commands look before they edit, and a key with two ids in it takes long to hash.
        record = self._edits[key] if self._edits and key in self._edits else self._loaded.get(key)
        return cast("R | None", record)

    def get(self, record_type: type[R], id: UUID, board_id: UUID | None = None) -> R:
        """The record, also from the trash. Refused `not_found` when the board does not know it."""
        record = self.find(record_type, id, board_id)
        if record is None:
            raise Refused("not_found", f"This {_spoken(record_type)} does not exist on this board.")
        return record

    def living(self, record_type: type[R], id: UUID) -> R:
        """The record, which must not be in the trash. Refused `not_found` otherwise."""
        record = self.get(record_type, id)
        if getattr(record, "deleted_at", None) is not None:
            raise Refused("not_found", f"This {_spoken(record_type)} is in the trash. Restore it first.")
        return record

    def every(self, record_type: type[R], board_id: UUID | None = None) -> list[R]:
        """All records of a type that was touched as a whole."""
        board = board_id or self.board_id
        keys = [key for key in {**self._loaded, **self._edits} if key[:2] == (board, record_type.TYPE)]
        found = (self.find(record_type, key.id, board) for key in keys)
        return [record for record in found if record is not None]

    def create(self, record: Record, board_id: UUID | None = None) -> None:
        """Put a new record. Refused `already_exists` when its id is taken on this board, be it in the trash."""
        if self.find(type(record), record.id, board_id) is not None:
            raise Refused("already_exists", f"A {_spoken(type(record))} with this id exists on this board.")
        self.put(record, board_id)

    def put(self, record: Record, board_id: UUID | None = None) -> None:
        """Add the record or replace the one of its type and id."""
        self._edits[Key(board_id or self.board_id, record.TYPE, record.id)] = record

    def remove(self, record: Record, board_id: UUID | None = None) -> None:
        """Take the record from the board for good."""
        self._edits[Key(board_id or self.board_id, record.TYPE, record.id)] = None

    def edits(self) -> Mapping[Key, Record | None]:
        """All that was put (the record) and removed (None), in the order it was done."""
        return self._edits

    def delta(self, board_id: UUID) -> Delta:
        """What was done to one board, reduced to the fields that really changed; secret fields never appear."""
        delta = Delta(put=[], removed=[])
        for key, after in self._edits.items():
            if key.board_id != board_id:
                continue
            before = self._loaded.get(key)
            if after is None:
                if before is not None:
                    delta.removed.append({"type": key.type, "id": key.id})
            elif before is None:
                delta.put.append(wire_record(after))
            elif changed := changed_fields(before, after):
                delta.put.append({"type": key.type, "id": key.id, **changed})
        return delta


def wire_record(record: Record) -> dict[str, Any]:
    """The whole record as the wire carries it: its type, then its fields without the secret ones."""
    values = {name: getattr(record, name) for name in open_field_names(type(record))}
    return {"type": record.TYPE, **values}


def changed_fields(before: Record, after: Record) -> dict[str, Any]:
    """The fields, not secret, in which two states of one record differ, as they are after."""
    fields = zip(field_names(type(after)), values_of(before), values_of(after), strict=True)
    return {name: new for name, old, new in fields if new is not old and new != old and name not in after.SECRET}


def _spoken(record_type: type[Record]) -> str:
    return record_type.TYPE.replace("_", " ")
