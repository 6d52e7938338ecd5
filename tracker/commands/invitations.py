"""Invitations: a link with a secret, good for one person, once."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Final, Literal, TypeGuard
from uuid import UUID

from tracker.commands.command import Command
from tracker.draft import Draft, Touch
from tracker.fields import Email, Id, Token
from tracker.records import Board, Invitation, Member, Membership, Profile, replace
from tracker.refusal import Refused
from tracker.roles import Role, at_least

VALID_FOR: Final = timedelta(days=14)
"""Long enough for somebody on holiday, short enough that a forgotten link dies."""


def token_hash(token: str) -> str:
    """What the server keeps of a token. One round of SHA-256 is enough for 128 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_open_to(invitation: Invitation | None, inviter: Role | None, token: str, now: datetime) -> TypeGuard[Invitation]:
    """Whether the token opens this invitation now; `inviter` is the role that its author has today.

    It opens no more than its author could: who was removed or stepped down left no door ajar. Takes as long for an
    unknown one.
    """
    expected = invitation.token_hash if invitation else token_hash("")
    fits = hmac.compare_digest(expected, token_hash(token))
    return (
        fits
        and invitation is not None
        and invitation.accepted_at is None
        and invitation.expires_at > now
        and inviter is not None
        and at_least(inviter, InvitationCreate.MINIMUM)
        and at_least(inviter, invitation.role)
    )


class InvitationCreate(Command):
    """Open the board to whoever holds the token; an address says whom it is meant for."""

    MINIMUM: ClassVar[Role] = "admin"

    type: Literal["invitation.create"] = "invitation.create"
    invitation_id: Id
    role: Role
    token: Token
    email: Email | None = None

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, Invitation, self.invitation_id)

    def apply(self, draft: Draft) -> None:
        if draft.get(Board, self.board_id).kind == "personal":
            raise Refused("conflict", "A personal board is not shared. Make a board for it.")
        if self.role == "owner" or not at_least(draft.get(Member, draft.actor_id).role, self.role):
            raise Refused("forbidden", "You cannot invite to a role above your own, nor to owner.")
        draft.create(
            Invitation(
                id=self.invitation_id,
                role=self.role,
                email=self.email,
                token_hash=token_hash(self.token),
                created_at=draft.at,
                created_by=draft.actor_id,
                expires_at=draft.at + VALID_FOR,
            )
        )


class InvitationRevoke(Command):
    """Take an invitation back."""

    MINIMUM: ClassVar[Role | None] = "admin"

    type: Literal["invitation.revoke"] = "invitation.revoke"
    invitation_id: Id

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, Invitation, self.invitation_id)

    def apply(self, draft: Draft) -> None:
        draft.remove(draft.get(Invitation, self.invitation_id))


class InvitationAccept(Command):
    """Join the board. Unknown, wrong, used and expired look the same from outside."""

    MINIMUM: ClassVar[Role | None] = None

    type: Literal["invitation.accept"] = "invitation.accept"
    invitation_id: Id
    token: Token

    def boards(self, actor_id: UUID) -> set[UUID]:
        return {self.board_id, actor_id}

    def touches(self, actor_id: UUID) -> Iterable[Touch]:
        yield Touch(self.board_id, Invitation, self.invitation_id, follow=(("created_by", Member),))
        yield Touch(actor_id, Profile, actor_id)
        yield Touch(actor_id, Membership, self.board_id)

    def apply(self, draft: Draft) -> None:
        invitation = draft.find(Invitation, self.invitation_id)
        board = draft.find(Board, self.board_id)
        if board is None or board.deleted_at is not None:
            invitation = None
        inviter = draft.find(Member, invitation.created_by) if invitation else None
        if not is_open_to(invitation, inviter.role if inviter else None, self.token, draft.at):
            raise Refused("invitation_invalid", "This invitation is no longer valid. Ask for a new one.")
        if draft.find(Member, draft.actor_id) is not None:
            raise Refused("conflict", "You are on this board already. The invitation stays open for somebody else.")
        me = draft.get(Profile, draft.actor_id, draft.actor_id)
        draft.put(replace(invitation, accepted_at=draft.at, accepted_by=me.id))
        draft.put(Member(id=me.id, name=me.name, color=me.color, role=invitation.role, joined_at=draft.at))
        draft.put(Membership(id=self.board_id, role=invitation.role, joined_at=draft.at), me.id)
