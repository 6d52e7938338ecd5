"""Members: their roles, and their leaving."""

from collections.abc import Iterable
from typing import ClassVar, Literal
from uuid import UUID

from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import Id
from tracker.records import Board, Member, Membership, replace
from tracker.refusal import Refused
from tracker.roles import Role, at_least


class _OfMember(Command):
    member_id: Id

    def boards(self, actor_id: UUID) -> set[UUID]:
        return {self.board_id, self.member_id}

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, Member, None)
        yield Touch(self.member_id, Membership, self.board_id)


class MemberEdit(_OfMember):
    """Give a member another role. Nobody gives or takes a role above their own."""

    MINIMUM: ClassVar[Role | None] = "admin"

    type: Literal["member.edit"] = "member.edit"
    role: Role

    def apply(self, draft: Draft) -> None:
        me = draft.get(Member, draft.actor_id)
        member = draft.get(Member, self.member_id)
        if not (at_least(me.role, member.role) and at_least(me.role, self.role)):
            raise Refused("forbidden", "You cannot give or take a role above your own.")
        if self.role != "owner":
            _require_another_owner(draft, member)
        draft.put(replace(member, role=self.role))
        membership = draft.get(Membership, self.board_id, self.member_id)
        draft.put(replace(membership, role=self.role), self.member_id)


class MemberRemove(_OfMember):
    """Take a member from the board, or leave it oneself. Nothing later reaches them."""

    MINIMUM: ClassVar[Role | None] = "viewer"

    type: Literal["member.remove"] = "member.remove"

    def apply(self, draft: Draft) -> None:
        if draft.get(Board, self.board_id).kind == "personal":
            raise Refused("conflict", "Nobody leaves their personal board.")
        me = draft.get(Member, draft.actor_id)
        member = draft.get(Member, self.member_id)
        if member.id != me.id and not (at_least(me.role, "admin") and at_least(me.role, member.role)):
            raise Refused("forbidden", "Only admins can remove others, and nobody a role above their own.")
        _require_another_owner(draft, member)
        draft.remove(member)
        draft.remove(draft.get(Membership, self.board_id, self.member_id), self.member_id)


def _require_another_owner(draft: Draft, member: Member) -> None:
    if member.role != "owner":
        return
    if not any(other.role == "owner" and other.id != member.id for other in draft.every(Member)):
        raise Refused("last_owner", "A board keeps at least one owner. Make somebody else an owner first.")
