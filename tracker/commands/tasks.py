"""Tasks: making, editing, moving, completing, assigning, deleting."""

from collections.abc import Iterable
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, Field

from tracker.commands import trash
from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import Day, Id, Position, Priority, Text, Title
from tracker.records import List, Member, Task, replace


class _OfTask(Command):
    task_id: Id

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        return (Touch(self.board_id, Task, self.task_id),)


class TaskCreate(_OfTask):
    """Add a task to a list."""

    type: Literal["task.create"] = "task.create"
    list_id: Id
    title: Title
    position: Position
    notes: Text = ""
    scheduled_on: Day | None = None
    due_on: Day | None = None
    priority: Priority = 0
    assignee_ids: Annotated[tuple[Id, ...], Field(max_length=50)] = ()

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield from super().touches(actor_id)
        yield Touch(self.board_id, List, self.list_id)
        for account_id in self.assignee_ids:
            yield Touch(self.board_id, Member, account_id)

    def apply(self, draft: Draft) -> None:
        draft.living(List, self.list_id)
        for account_id in self.assignee_ids:
            draft.get(Member, account_id)
        draft.create(
            Task(
                id=self.task_id,
                list_id=self.list_id,
                title=self.title,
                notes=self.notes,
                position=self.position,
                scheduled_on=self.scheduled_on,
                due_on=self.due_on,
                priority=self.priority,
                assignee_ids=tuple(sorted(set(self.assignee_ids))),
                created_at=draft.at,
                created_by=draft.actor_id,
            )
        )


class TaskEdit(_OfTask):
    """Change the given fields of a task."""

    type: Literal["task.edit"] = "task.edit"
    title: Title | MISSING = MISSING
    notes: Text | MISSING = MISSING
    scheduled_on: Day | MISSING | None = MISSING
    due_on: Day | MISSING | None = MISSING
    priority: Priority | MISSING = MISSING

    def apply(self, draft: Draft) -> None:
        draft.put(replace(draft.living(Task, self.task_id), **self.given("task_id")))


class TaskMove(_OfTask):
    """Put a task elsewhere, in its list or another one."""

    type: Literal["task.move"] = "task.move"
    list_id: Id
    position: Position

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield from super().touches(actor_id)
        yield Touch(self.board_id, List, self.list_id)

    def apply(self, draft: Draft) -> None:
        draft.living(List, self.list_id)
        task = draft.living(Task, self.task_id)
        draft.put(replace(task, list_id=self.list_id, position=self.position))


class TaskComplete(_OfTask):
    """Tick a task. Whoever ticked it first stays the one who did."""

    type: Literal["task.complete"] = "task.complete"

    def apply(self, draft: Draft) -> None:
        task = draft.living(Task, self.task_id)
        if task.completed_at is None:
            draft.put(replace(task, completed_at=draft.at, completed_by=draft.actor_id))


class TaskReopen(_OfTask):
    """Take the tick away."""

    type: Literal["task.reopen"] = "task.reopen"

    def apply(self, draft: Draft) -> None:
        draft.put(replace(draft.living(Task, self.task_id), completed_at=None, completed_by=None))


class TaskDelete(_OfTask):
    """Put a task into the trash."""

    type: Literal["task.delete"] = "task.delete"

    def apply(self, draft: Draft) -> None:
        trash.delete(draft, draft.get(Task, self.task_id))


class TaskRestore(_OfTask):
    """Take a task out of the trash, back into its list."""

    type: Literal["task.restore"] = "task.restore"

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, Task, self.task_id, follow=(("list_id", List),))

    def apply(self, draft: Draft) -> None:
        task = draft.get(Task, self.task_id)
        trash.require_living_parent(draft, List, task.list_id)
        trash.restore(draft, task)


class TaskAssign(_OfTask):
    """Give a task to a member, beside those who have it."""

    type: Literal["task.assign"] = "task.assign"
    account_id: Id

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield from super().touches(actor_id)
        yield Touch(self.board_id, Member, self.account_id)

    def apply(self, draft: Draft) -> None:
        draft.get(Member, self.account_id)
        task = draft.living(Task, self.task_id)
        draft.put(replace(task, assignee_ids=tuple(sorted({*task.assignee_ids, self.account_id}))))


class TaskUnassign(_OfTask):
    """Take a task from somebody, who need not be a member any more."""

    type: Literal["task.unassign"] = "task.unassign"
    account_id: Id

    def apply(self, draft: Draft) -> None:
        task = draft.living(Task, self.task_id)
        others = tuple(id for id in task.assignee_ids if id != self.account_id)
        draft.put(replace(task, assignee_ids=others))
