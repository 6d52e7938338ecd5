"""The records: what people see, each with an id, as it is kept, sent and shown.

A record lives on one board and is known there by its type and id. Records are frozen; a handler puts a changed copy.
The fields are the wire format: a snapshot carries them all, a change those that changed. `Record.SECRET` names fields
that never leave the server. Who a record belongs to (`board_id`) travels beside it, not in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from itertools import compress
from operator import attrgetter, is_not
from typing import Any, ClassVar, Final, TypeVar

from tracker.fields import (
    BoardKind,
    Color,
    Day,
    GoalState,
    Health,
    Hour,
    Id,
    Measure,
    Moment,
    Position,
    Priority,
    Source,
    TimeZone,
    WeekStart,
)
from tracker.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing people see. `TYPE` is its name in the contract and its table's name."""

    TYPE: ClassVar[str]
    SECRET: ClassVar[frozenset[str]] = frozenset()

    id: Id


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(Record):
    """The board itself; its id is the board's. A personal board has the id of its account."""

    TYPE: ClassVar[str] = "board"
    kind: BoardKind
    title: str
    created_at: Moment
    created_by: Id
    deleted_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Record):
    """Somebody who may see the board; the id is the account's. Name and color are copies of the profile's."""

    TYPE: ClassVar[str] = "member"
    name: str
    color: Color
    role: Role
    joined_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation(Record):
    """An open door to the board for whoever holds the token; the server keeps only the token's hash."""

    TYPE: ClassVar[str] = "invitation"
    SECRET: ClassVar[frozenset[str]] = frozenset({"token_hash"})
    role: Role
    email: str | None
    token_hash: str
    created_at: Moment
    created_by: Id
    expires_at: Moment
    accepted_at: Moment | None = None
    accepted_by: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class List(Record):
    """A column of tasks."""

    TYPE: ClassVar[str] = "list"
    title: str
    position: Position
    created_at: Moment
    deleted_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """Something to do. Scheduled is the day I plan to do it, due the day it must be finished."""

    TYPE: ClassVar[str] = "task"
    list_id: Id
    title: str
    notes: str
    position: Position
    scheduled_on: Day | None
    due_on: Day | None
    priority: Priority
    assignee_ids: tuple[Id, ...]
    created_at: Moment
    created_by: Id
    completed_at: Moment | None = None
    completed_by: Id | None = None
    deleted_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Record):
    """What a board wants to reach. Health is a human statement, made on `health_on`, never computed."""

    TYPE: ClassVar[str] = "goal"
    title: str
    why: str
    position: Position
    owner_id: Id | None
    starts_on: Day | None
    ends_on: Day | None
    created_at: Moment
    created_by: Id
    health: Health | None = None
    health_on: Day | None = None
    state: GoalState = "open"
    deleted_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult(Record):
    """A number that tells how far a goal is. The target may be lower than the start, never equal to it.

    `measured_on` and `measured_by` name the day and the check-in that `current_value` comes from, if one did.
    """

    TYPE: ClassVar[str] = "key_result"
    goal_id: Id
    title: str
    position: Position
    unit: str
    source: Source
    start_value: Measure
    target_value: Measure
    current_value: Measure
    created_at: Moment
    measured_on: Day | None = None
    measured_by: Id | None = None
    deleted_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Record):
    """What somebody said of a goal on a day: a value of one key result, a health, a note.

    `previous_value` is what the key result showed before, so that a mistaken check-in can be taken back.
    """

    TYPE: ClassVar[str] = "check_in"
    goal_id: Id
    key_result_id: Id | None
    value: Measure | None
    previous_value: Measure | None
    health: Health | None
    note: str
    for_day: Day
    created_at: Moment
    created_by: Id
    deleted_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """A task that counts for a goal, or for one of its key results."""

    TYPE: ClassVar[str] = "link"
    goal_id: Id
    key_result_id: Id | None
    task_id: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Record):
    """What somebody said about a task or a goal; exactly one of the two ids is set."""

    TYPE: ClassVar[str] = "comment"
    task_id: Id | None
    goal_id: Id | None
    text: str
    created_at: Moment
    created_by: Id
    edited_at: Moment | None = None
    deleted_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Record):
    """On a personal board: a board that its owner belongs to. The id is that board's."""

    TYPE: ClassVar[str] = "membership"
    role: Role
    joined_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Record):
    """On a personal board: how its owner is called and lives. The id is the account's."""

    TYPE: ClassVar[str] = "profile"
    name: str
    color: Color
    time_zone: TimeZone = field(default="UTC")
    week_start: WeekStart = "monday"
    day_start_hour: Hour = 0


RECORD_TYPES: dict[str, type[Record]] = {
    record_type.TYPE: record_type
    for record_type in (
        Board,
        Member,
        Invitation,
        List,
        Task,
        Goal,
        KeyResult,
        CheckIn,
        Link,
        Comment,
        Membership,
        Profile,
    )
}


_FIELD_NAMES: Final = {record_type: tuple(f.name for f in fields(record_type)) for record_type in RECORD_TYPES.values()}
_OPEN_FIELD_NAMES: Final = {
    record_type: tuple(name for name in names if name not in record_type.SECRET)
    for record_type, names in _FIELD_NAMES.items()
}
_VALUES: Final[dict[type[Record], Callable[[Record], tuple[Any, ...]]]] = {
    record_type: attrgetter(*names) for record_type, names in _FIELD_NAMES.items()
}
_SETTERS: Final[dict[type[Record], dict[str, Callable[[Record, Any], None]]]] = {
    record_type: {name: getattr(record_type, name).__set__ for name in names}
    for record_type, names in _FIELD_NAMES.items()
}


def field_names(record_type: type[Record]) -> tuple[str, ...]:
    """The names of its fields, in the order in which it declares them."""
    return _FIELD_NAMES[record_type]


def open_field_names(record_type: type[Record]) -> tuple[str, ...]:
    """Those of its fields that may leave the server."""
    return _OPEN_FIELD_NAMES[record_type]


def values_of(record: Record) -> tuple[Any, ...]:
    """The values of all its fields, in the order of `field_names`."""
    return _VALUES[type(record)](record)


def record_of(record_type: type[R], values: Iterable[Any]) -> R:
    """The record with these values of all its fields, in the order in which it declares them.

    As the class itself would make it, in half of the time: what `dataclass` writes for a frozen class looks up
    `object.__setattr__` for each field, and every command makes four records.
    """
    record = object.__new__(record_type)
    for set_field, value in zip(_SETTERS[record_type].values(), values, strict=True):
        set_field(record, tuple(value) if type(value) is list else value)
    return record


def replace(record: R, **changes: Any) -> R:
    """The record with some fields changed: `dataclasses.replace`, in the way of `record_of`."""
    setters = _SETTERS[type(record)]
    if unknown := changes.keys() - setters.keys():
        raise TypeError(f"a {record.TYPE} has no {', '.join(sorted(unknown))}")
    replaced = object.__new__(type(record))
    for set_field, value in zip(setters.values(), _VALUES[type(record)](record), strict=True):
        set_field(replaced, value)
    for name, value in changes.items():
        setters[name](replaced, value)
    return replaced


def changed_fields(before: Record, after: Record) -> dict[str, Any]:
    """The fields, not secret, in which two states of one record differ, as they are after."""
    values = _VALUES[type(after)]
    # Of a copy most values are the very same, and only of the others it matters whether they are equal.
    others = compress(_FIELD_NAMES[type(after)], map(is_not, values(before), values(after)))
    return {
        name: new
        for name in others
        if (new := getattr(after, name)) != getattr(before, name) and name not in after.SECRET
    }
