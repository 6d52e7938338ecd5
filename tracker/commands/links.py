"""Links: tasks that count for goals and key results."""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import Id
from tracker.records import Goal, KeyResult, Link, Task
from tracker.refusal import Refused


class LinkCreate(Command):
    """Let a task count for a goal, or for one of its key results."""

    type: Literal["link.create"] = "link.create"
    link_id: Id
    goal_id: Id
    task_id: Id
    key_result_id: Id | None = None

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, Link, self.link_id)
        yield Touch(self.board_id, Goal, self.goal_id)
        yield Touch(self.board_id, Task, self.task_id)
        if self.key_result_id is not None:
            yield Touch(self.board_id, KeyResult, self.key_result_id)

    def apply(self, draft: Draft) -> None:
        draft.living(Goal, self.goal_id)
        draft.living(Task, self.task_id)
        if self.key_result_id is not None:
            key_result = draft.living(KeyResult, self.key_result_id)
            if key_result.goal_id != self.goal_id:
                raise Refused("not_found", "This key result belongs to another goal.")
        draft.create(
            Link(id=self.link_id, goal_id=self.goal_id, key_result_id=self.key_result_id, task_id=self.task_id)
        )


class LinkRemove(Command):
    """Let a task count no longer."""

    type: Literal["link.remove"] = "link.remove"
    link_id: Id

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, Link, self.link_id)

    def apply(self, draft: Draft) -> None:
        draft.remove(draft.get(Link, self.link_id))
