"""The profile: how somebody is called, and how they live."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import MISSING, Field

from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import Color, Hour, Id, Name, TimeZone, WeekStart
from tracker.records import Member, Membership, Profile, replace
from tracker.refusal import Refused
from tracker.roles import Role


class ProfileEdit(Command):
    """Change the given fields of one's own profile; name and color go to every board one is on."""

    MINIMUM: ClassVar[Role | None] = "owner"

    type: Literal["profile.edit"] = "profile.edit"
    name: Name | MISSING = MISSING
    color: Color | MISSING = MISSING
    time_zone: TimeZone | MISSING = MISSING
    week_start: WeekStart | MISSING = MISSING
    day_start_hour: Hour | MISSING = MISSING

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(actor_id, Profile, actor_id)

    def apply(self, draft: Draft) -> None:
        if draft.board_id != draft.actor_id:
            raise Refused("conflict", "Your profile is kept on your personal board.")
        draft.put(replace(draft.get(Profile, draft.actor_id), **self.given("member_of")))


class MembershipsMoved(Exception):
    """Somebody joined or left a board between the planning of a command and its locks. Plan it again."""


class ProfileEditEverywhere(ProfileEdit):
    """A profile edit together with the boards that carry a copy, which the door has looked up before locking them."""

    # Not part of what was asked: the same edit is the same command after its author has joined another board.
    member_of: Annotated[tuple[Id, ...], Field(exclude=True)]

    def boards(self, actor_id: UUID) -> set[UUID]:
        return {self.board_id, *self.member_of}

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield from super().touches(actor_id)
        yield Touch(actor_id, Membership, None)
        for board_id in self.member_of:
            yield Touch(board_id, Member, actor_id)

    def apply(self, draft: Draft) -> None:
        super().apply(draft)
        profile = draft.get(Profile, draft.actor_id)
        if not {membership.id for membership in draft.every(Membership)} <= set(self.member_of):
            raise MembershipsMoved
        for board_id in (self.board_id, *self.member_of):
            member = draft.find(Member, draft.actor_id, board_id)
            if member is not None:
                draft.put(replace(member, name=profile.name, color=profile.color), board_id)
