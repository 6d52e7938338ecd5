"""The personal board, which every account has."""

from collections.abc import Iterable
from typing import ClassVar, Literal
from uuid import UUID

from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import Color, Id, Name, TimeZone
from tracker.records import Board, List, Member, Profile
from tracker.refusal import Refused
from tracker.roles import Role

FIRST_POSITION = "a0"  # the fractional-index key of a lone record


class PersonalBoardOpen(Command):
    """Make the personal board of a new account, with its profile and a first list.

    Given by sign-up in the name of the new account, never by a client: it is not part of the contract.
    """

    MINIMUM: ClassVar[Role | None] = None

    type: Literal["personal_board.open"] = "personal_board.open"
    name: Name
    color: Color
    time_zone: TimeZone
    list_id: Id

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        return ()

    def apply(self, draft: Draft) -> None:
        if self.board_id != draft.actor_id:
            raise Refused("forbidden", "A personal board has the id of its account.")
        me = draft.actor_id
        draft.create(Board(id=me, kind="personal", title="Personal", created_at=draft.at, created_by=draft.actor_id))
        draft.put(Profile(id=me, name=self.name, color=self.color, time_zone=self.time_zone))
        draft.put(Member(id=me, name=self.name, color=self.color, role="owner", joined_at=draft.at))
        draft.put(List(id=self.list_id, title="Inbox", position=FIRST_POSITION, created_at=draft.at))
