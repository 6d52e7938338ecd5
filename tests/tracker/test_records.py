"""Records made the short way are those that the classes themselves make."""

import dataclasses
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tracker.records import RECORD_TYPES, Invitation, Record, Task, changed_fields, field_names, record_of, replace

TASK = Task(
    id=UUID(int=1),
    list_id=UUID(int=2),
    title="Water the plants",
    notes="",
    position="a0",
    scheduled_on=None,
    due_on=None,
    priority=0,
    assignee_ids=(UUID(int=3),),
    created_at=datetime(2026, 11, 23, tzinfo=UTC),
    created_by=UUID(int=3),
)


@pytest.mark.parametrize("record_type", RECORD_TYPES.values())
def test_a_record_of_values_is_what_the_class_makes_of_them(record_type: type[Record]) -> None:
    names = field_names(record_type)
    values: dict[str, Any] = {name: number for number, name in enumerate(names)}
    assert record_of(record_type, values.values()) == record_type(**values)


def test_an_array_of_the_database_becomes_a_tuple() -> None:
    values = [list(value) if isinstance(value, tuple) else value for value in dataclasses.astuple(TASK)]
    assert record_of(Task, values) == TASK


@pytest.mark.parametrize("count", [13, 15])
def test_too_few_and_too_many_values_are_an_error(count: int) -> None:
    assert len(field_names(Task)) == 14
    with pytest.raises(ValueError, match="zip"):
        record_of(Task, range(count))


def test_a_changed_record_is_another_one_that_differs_where_it_was_told() -> None:
    changed = replace(TASK, title="Water them twice", priority=1)
    assert changed == dataclasses.replace(TASK, title="Water them twice", priority=1)
    assert TASK.title == "Water the plants"
    with pytest.raises(dataclasses.FrozenInstanceError):
        changed.title = "x"  # type: ignore[misc] # what must not be done


def test_a_field_that_there_is_not_is_an_error() -> None:
    with pytest.raises(TypeError, match="tilte"):
        replace(TASK, tilte="x")


def test_equal_values_are_no_change_be_they_the_same_object_or_not() -> None:
    after = replace(TASK, title="Water them", notes="".join([]), assignee_ids=(UUID(int=3),))
    assert changed_fields(TASK, after) == {"title": "Water them"}


def test_a_change_tells_no_secret() -> None:
    open_door = Invitation(
        id=UUID(int=4),
        role="viewer",
        email=None,
        token_hash="a",
        created_at=TASK.created_at,
        created_by=TASK.created_by,
        expires_at=TASK.created_at,
    )
    assert changed_fields(open_door, replace(open_door, token_hash="b", role="editor")) == {"role": "editor"}
