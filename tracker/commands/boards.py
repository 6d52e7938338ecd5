"""Boards: making, naming, deleting."""

from collections.abc import Iterable
from typing import ClassVar, Literal
from uuid import UUID

from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import Title
from tracker.records import Board, Member, Membership, Profile, replace
from tracker.refusal import Refused
from tracker.roles import Role


class BoardCreate(Command):
    """Make a shared board. Its author becomes the owner, and finds it on their personal board as a membership."""

    MINIMUM: ClassVar[Role | None] = None

    type: Literal["board.create"] = "board.create"
    title: Title

    def boards(self, actor_id: UUID) -> set[UUID]:
        return {self.board_id, actor_id}

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(actor_id, Profile, actor_id)
        yield Touch(actor_id, Membership, self.board_id)

    def apply(self, draft: Draft) -> None:
        owner = draft.get(Profile, draft.actor_id, draft.actor_id)
        draft.create(
            Board(
                id=self.board_id,
                kind="shared",
                title=self.title,
                created_at=draft.at,
                created_by=draft.actor_id,
            )
        )
        draft.put(Member(id=owner.id, name=owner.name, color=owner.color, role="owner", joined_at=draft.at))
        draft.put(Membership(id=self.board_id, role="owner", joined_at=draft.at), owner.id)


class BoardEdit(Command):
    """Name the board anew."""

    MINIMUM: ClassVar[Role | None] = "admin"

    type: Literal["board.edit"] = "board.edit"
    title: Title

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        return ()

    def apply(self, draft: Draft) -> None:
        draft.put(replace(draft.get(Board, self.board_id), title=self.title))


class BoardDelete(Command):
    """Put the whole board into the trash. Its members still see it there; it takes no command but its restore."""

    MINIMUM: ClassVar[Role | None] = "owner"

    type: Literal["board.delete"] = "board.delete"

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        return ()

    def apply(self, draft: Draft) -> None:
        board = draft.get(Board, self.board_id)
        if board.kind == "personal":
            raise Refused("conflict", "Your personal board stays with your account.")
        draft.put(replace(board, deleted_at=draft.at))


class BoardRestore(Command):
    """Take the board out of the trash."""

    MINIMUM: ClassVar[Role | None] = "owner"

    type: Literal["board.restore"] = "board.restore"

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        return ()

    def apply(self, draft: Draft) -> None:
        draft.put(replace(draft.get(Board, self.board_id), deleted_at=None))
