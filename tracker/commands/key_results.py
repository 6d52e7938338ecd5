"""Key results: the numbers of a goal."""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from pydantic import MISSING

from tracker.commands import trash
from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import Id, Measure, Position, Source, Title, Unit
from tracker.records import Goal, KeyResult, replace
from tracker.refusal import Refused


class _OfKeyResult(Command):
    key_result_id: Id

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, KeyResult, self.key_result_id, follow=(("goal_id", Goal),))


class KeyResultCreate(_OfKeyResult):
    """Give a goal a number to reach, upwards or downwards."""

    type: Literal["key_result.create"] = "key_result.create"
    goal_id: Id
    title: Title
    position: Position
    start_value: Measure
    target_value: Measure
    unit: Unit = ""
    source: Source = "manual"

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield from super().touches(actor_id)
        yield Touch(self.board_id, Goal, self.goal_id)

    def apply(self, draft: Draft) -> None:
        draft.living(Goal, self.goal_id)
        _require_distance(self.start_value, self.target_value)
        draft.create(
            KeyResult(
                id=self.key_result_id,
                goal_id=self.goal_id,
                title=self.title,
                position=self.position,
                unit=self.unit,
                source=self.source,
                start_value=self.start_value,
                target_value=self.target_value,
                current_value=self.start_value,
                created_at=draft.at,
            )
        )


class KeyResultEdit(_OfKeyResult):
    """Change the given fields. A current value given here comes from no check-in."""

    type: Literal["key_result.edit"] = "key_result.edit"
    title: Title | MISSING = MISSING
    unit: Unit | MISSING = MISSING
    start_value: Measure | MISSING = MISSING
    target_value: Measure | MISSING = MISSING
    current_value: Measure | MISSING = MISSING

    def apply(self, draft: Draft) -> None:
        given = self.given("key_result_id")
        if "current_value" in given:
            given["measured_by"] = None
        key_result = replace(draft.living(KeyResult, self.key_result_id), **given)
        _require_distance(key_result.start_value, key_result.target_value)
        draft.put(key_result)


class KeyResultMove(_OfKeyResult):
    """Put a key result elsewhere among those of its goal."""

    type: Literal["key_result.move"] = "key_result.move"
    position: Position

    def apply(self, draft: Draft) -> None:
        draft.put(replace(draft.living(KeyResult, self.key_result_id), position=self.position))


class KeyResultDelete(_OfKeyResult):
    """Put a key result into the trash."""

    type: Literal["key_result.delete"] = "key_result.delete"

    def apply(self, draft: Draft) -> None:
        trash.delete(draft, draft.get(KeyResult, self.key_result_id))


class KeyResultRestore(_OfKeyResult):
    """Take a key result out of the trash."""

    type: Literal["key_result.restore"] = "key_result.restore"

    def apply(self, draft: Draft) -> None:
        key_result = draft.get(KeyResult, self.key_result_id)
        trash.require_living_parent(draft, Goal, key_result.goal_id)
        trash.restore(draft, key_result)


def _require_distance(start: float, target: float) -> None:
    if start == target:
        raise Refused("invalid", "Start and target must differ: there would be nothing to reach.")
