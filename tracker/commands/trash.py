"""Deleting is soft: into the trash, and out of it."""

from typing import Any, TypeVar
from uuid import UUID

from tracker.draft import Draft
from tracker.records import CheckIn, Comment, Goal, KeyResult, List, Record, Task, replace
from tracker.refusal import Refused

Deletable = TypeVar("Deletable", List, Task, Goal, KeyResult, CheckIn, Comment)


def delete(draft: Draft, record: Deletable) -> None:
    """Into the trash; what lies there already stays as it is."""
    if record.deleted_at is None:
        draft.put(_moved(record, deleted_at=draft.at))


def restore(draft: Draft, record: Deletable) -> None:
    """Out of the trash; what is not there stays as it is."""
    if record.deleted_at is not None:
        draft.put(_moved(record, deleted_at=None))


def _moved(record: Deletable, **fields: Any) -> Record:
    return replace(record, **fields)


def require_living_parent(draft: Draft, parent_type: type[Record], parent_id: UUID | None) -> None:
    """Refused `conflict` when what a record belongs to lies in the trash, where it would not be seen."""
    if parent_id is None:
        return
    parent = draft.find(parent_type, parent_id)
    if parent is None or getattr(parent, "deleted_at", None) is not None:
        spoken = parent_type.TYPE.replace("_", " ")
        raise Refused("conflict", f"The {spoken} this belongs to is in the trash. Restore the {spoken} first.")
