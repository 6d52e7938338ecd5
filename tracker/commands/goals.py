"""Goals: what a board wants to reach."""

from collections.abc import Iterable
from typing import Literal, Self
from uuid import UUID

from pydantic import MISSING, model_validator

from tracker.commands import trash
from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import Day, GoalState, Id, Position, Text, Title
from tracker.records import Goal, Member, replace
from tracker.refusal import Refused


class _OfGoal(Command):
    goal_id: Id

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, Goal, self.goal_id)


class GoalCreate(_OfGoal):
    """Set a goal."""

    type: Literal["goal.create"] = "goal.create"
    title: Title
    position: Position
    why: Text = ""
    owner_id: Id | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None

    @model_validator(mode="after")
    def _period_has_a_length(self) -> Self:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("a goal cannot end before it starts")
        return self

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield from super().touches(actor_id)
        if self.owner_id is not None:
            yield Touch(self.board_id, Member, self.owner_id)

    def apply(self, draft: Draft) -> None:
        if self.owner_id is not None:
            draft.get(Member, self.owner_id)
        draft.create(
            Goal(
                id=self.goal_id,
                title=self.title,
                why=self.why,
                position=self.position,
                owner_id=self.owner_id,
                starts_on=self.starts_on,
                ends_on=self.ends_on,
                created_at=draft.at,
                created_by=draft.actor_id,
            )
        )


class GoalEdit(_OfGoal):
    """Change the given fields of a goal. Closing it is setting its state."""

    type: Literal["goal.edit"] = "goal.edit"
    title: Title | MISSING = MISSING
    why: Text | MISSING = MISSING
    owner_id: Id | MISSING | None = MISSING
    starts_on: Day | MISSING | None = MISSING
    ends_on: Day | MISSING | None = MISSING
    state: GoalState | MISSING = MISSING

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield from super().touches(actor_id)
        if isinstance(self.owner_id, UUID):
            yield Touch(self.board_id, Member, self.owner_id)

    def apply(self, draft: Draft) -> None:
        if isinstance(self.owner_id, UUID):
            draft.get(Member, self.owner_id)
        goal = replace(draft.living(Goal, self.goal_id), **self.given("goal_id"))
        if goal.starts_on and goal.ends_on and goal.ends_on < goal.starts_on:
            raise Refused("invalid", "A goal cannot end before it starts.")
        draft.put(goal)


class GoalMove(_OfGoal):
    """Put a goal elsewhere among the goals."""

    type: Literal["goal.move"] = "goal.move"
    position: Position

    def apply(self, draft: Draft) -> None:
        draft.put(replace(draft.living(Goal, self.goal_id), position=self.position))


class GoalDelete(_OfGoal):
    """Put a goal into the trash, and with it what belongs to it."""

    type: Literal["goal.delete"] = "goal.delete"

    def apply(self, draft: Draft) -> None:
        trash.delete(draft, draft.get(Goal, self.goal_id))


class GoalRestore(_OfGoal):
    """Take a goal out of the trash."""

    type: Literal["goal.restore"] = "goal.restore"

    def apply(self, draft: Draft) -> None:
        trash.restore(draft, draft.get(Goal, self.goal_id))
