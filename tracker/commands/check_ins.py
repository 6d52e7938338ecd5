"""Check-ins: what people say of a goal on a day."""

from collections.abc import Iterable
from typing import Literal, Self
from uuid import UUID

from pydantic import MISSING, model_validator

from tracker.commands import trash
from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import Day, Health, Id, Measure, Note
from tracker.records import CheckIn, Goal, KeyResult, replace
from tracker.refusal import Refused


class _OfCheckIn(Command):
    check_in_id: Id

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, CheckIn, self.check_in_id, follow=(("goal_id", Goal), ("key_result_id", KeyResult)))


class CheckInCreate(_OfCheckIn):
    """Say how a goal goes: a value of one of its key results, a health, a note."""

    type: Literal["check_in.create"] = "check_in.create"
    goal_id: Id
    for_day: Day
    key_result_id: Id | None = None
    value: Measure | None = None
    health: Health | None = None
    note: Note = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.value is None and self.health is None and not self.note:
            raise ValueError("a check-in says something: give a value, a health or a note")
        if (self.value is None) != (self.key_result_id is None):
            raise ValueError("value and key_result_id go together")
        return self

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield from super().touches(actor_id)
        yield Touch(self.board_id, Goal, self.goal_id)
        if self.key_result_id is not None:
            yield Touch(self.board_id, KeyResult, self.key_result_id)

    def apply(self, draft: Draft) -> None:
        draft.living(Goal, self.goal_id)
        measured = None if self.key_result_id is None else self._measured(draft, self.key_result_id)
        check_in = CheckIn(
            id=self.check_in_id,
            goal_id=self.goal_id,
            key_result_id=self.key_result_id,
            value=self.value,
            previous_value=measured.current_value if measured else None,
            health=self.health,
            note=self.note,
            for_day=self.for_day,
            created_at=draft.at,
            created_by=draft.actor_id,
        )
        draft.create(check_in)
        _let_it_count(draft, check_in)

    def _measured(self, draft: Draft, key_result_id: UUID) -> KeyResult:
        key_result = draft.living(KeyResult, key_result_id)
        if key_result.goal_id != self.goal_id:
            raise Refused("not_found", "This key result belongs to another goal.")
        if key_result.source != "manual":
            raise Refused("conflict", "This key result counts its done tasks by itself.")
        return key_result


class CheckInEdit(_OfCheckIn):
    """Correct one's own check-in."""

    type: Literal["check_in.edit"] = "check_in.edit"
    value: Measure | MISSING = MISSING
    note: Note | MISSING = MISSING

    def apply(self, draft: Draft) -> None:
        before = draft.living(CheckIn, self.check_in_id)
        if before.created_by != draft.actor_id:
            raise Refused("forbidden", "Only its author can correct a check-in.")
        after = replace(before, **self.given("check_in_id"))
        if after.value is not None and after.key_result_id is None:
            raise Refused("conflict", "This check-in measured nothing, so it has no value to correct.")
        draft.put(after)
        key_result = _measured_by(draft, after)
        if key_result is not None and after.value is not None:
            draft.put(replace(key_result, current_value=after.value))


class CheckInDelete(_OfCheckIn):
    """Put a check-in into the trash; the value before it is the current one again, if none came after."""

    type: Literal["check_in.delete"] = "check_in.delete"

    def apply(self, draft: Draft) -> None:
        check_in = draft.get(CheckIn, self.check_in_id)
        trash.delete(draft, check_in)
        key_result = _measured_by(draft, check_in)
        if key_result is not None and check_in.previous_value is not None:
            draft.put(replace(key_result, current_value=check_in.previous_value, measured_by=None))


class CheckInRestore(_OfCheckIn):
    """Take a check-in out of the trash; it counts again."""

    type: Literal["check_in.restore"] = "check_in.restore"

    def apply(self, draft: Draft) -> None:
        check_in = draft.get(CheckIn, self.check_in_id)
        if check_in.deleted_at is None:
            return
        trash.require_living_parent(draft, Goal, check_in.goal_id)
        trash.require_living_parent(draft, KeyResult, check_in.key_result_id)
        trash.restore(draft, check_in)
        _let_it_count(draft, check_in)


def _let_it_count(draft: Draft, check_in: CheckIn) -> None:
    """The newest day decides, not the last to arrive: a late sync must not turn a goal back."""
    if check_in.value is not None and check_in.key_result_id is not None:
        key_result = draft.get(KeyResult, check_in.key_result_id)
        if key_result.measured_on is None or check_in.for_day >= key_result.measured_on:
            draft.put(
                replace(
                    key_result,
                    current_value=check_in.value,
                    measured_on=check_in.for_day,
                    measured_by=check_in.id,
                )
            )
    if check_in.health is not None:
        goal = draft.get(Goal, check_in.goal_id)
        if goal.health_on is None or check_in.for_day >= goal.health_on:
            draft.put(replace(goal, health=check_in.health, health_on=check_in.for_day))


def _measured_by(draft: Draft, check_in: CheckIn) -> KeyResult | None:
    if check_in.key_result_id is None:
        return None
    key_result = draft.find(KeyResult, check_in.key_result_id)
    return key_result if key_result is not None and key_result.measured_by == check_in.id else None
