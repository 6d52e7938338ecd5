"""Comments on tasks and goals."""

from collections.abc import Iterable
from typing import ClassVar, Literal, Self
from uuid import UUID

from pydantic import model_validator

from tracker.commands import trash
from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import CommentText, Id
from tracker.records import Comment, Goal, Member, Task, replace
from tracker.refusal import Refused
from tracker.roles import Role, at_least


class _OfComment(Command):
    MINIMUM: ClassVar[Role | None] = "commenter"

    comment_id: Id

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, Comment, self.comment_id, follow=(("task_id", Task), ("goal_id", Goal)))


class CommentCreate(_OfComment):
    """Say something about a task or a goal."""

    type: Literal["comment.create"] = "comment.create"
    text: CommentText
    task_id: Id | None = None
    goal_id: Id | None = None

    @model_validator(mode="after")
    def _about_one_thing(self) -> Self:
        if (self.task_id is None) == (self.goal_id is None):
            raise ValueError("a comment is about exactly one thing: give task_id or goal_id")
        return self

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, Comment, self.comment_id)
        if self.task_id is not None:
            yield Touch(self.board_id, Task, self.task_id)
        if self.goal_id is not None:
            yield Touch(self.board_id, Goal, self.goal_id)

    def apply(self, draft: Draft) -> None:
        if self.task_id is not None:
            draft.living(Task, self.task_id)
        if self.goal_id is not None:
            draft.living(Goal, self.goal_id)
        draft.create(
            Comment(
                id=self.comment_id,
                task_id=self.task_id,
                goal_id=self.goal_id,
                text=self.text,
                created_at=draft.at,
                created_by=draft.actor_id,
            )
        )


class CommentEdit(_OfComment):
    """Say it differently; only one's own."""

    type: Literal["comment.edit"] = "comment.edit"
    text: CommentText

    def apply(self, draft: Draft) -> None:
        comment = draft.living(Comment, self.comment_id)
        if comment.created_by != draft.actor_id:
            raise Refused("forbidden", "Only its author can change a comment.")
        draft.put(replace(comment, text=self.text, edited_at=draft.at))


class CommentDelete(_OfComment):
    """Put a comment into the trash: one's own, or as an admin anyone's."""

    type: Literal["comment.delete"] = "comment.delete"

    def apply(self, draft: Draft) -> None:
        comment = draft.get(Comment, self.comment_id)
        _require_author_or_admin(draft, comment)
        trash.delete(draft, comment)


class CommentRestore(_OfComment):
    """Take a comment out of the trash: one's own, or as an admin anyone's."""

    type: Literal["comment.restore"] = "comment.restore"

    def apply(self, draft: Draft) -> None:
        comment = draft.get(Comment, self.comment_id)
        _require_author_or_admin(draft, comment)
        trash.require_living_parent(draft, Task, comment.task_id)
        trash.require_living_parent(draft, Goal, comment.goal_id)
        trash.restore(draft, comment)


def _require_author_or_admin(draft: Draft, comment: Comment) -> None:
    me = draft.get(Member, draft.actor_id)
    if comment.created_by != draft.actor_id and not at_least(me.role, "admin"):
        raise Refused("forbidden", "Only its author or an admin can do this to a comment.")
