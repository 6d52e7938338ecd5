"""What an invitation says to somebody who has not accepted it yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from tracker.commands.invitations import is_open_to
from tracker.records import Board, Invitation, Member, field_names, record_of
from tracker.roles import Role
from tracker.schema import record_tables


@dataclass(frozen=True, slots=True)
class Preview:
    """The board's title, who invited, and the role that waits."""

    board_title: str
    invited_by: str
    role: Role


async def preview(
    engine: AsyncEngine, board_id: UUID, invitation_id: UUID, token: str, now: datetime
) -> Preview | None:
    """What the invitation promises; None alike when it is unknown, used, expired, or the token is not its."""
    invitations, boards, members = (record_tables[each] for each in (Invitation, Board, Member))
    query = (
        select(
            invitations,
            boards.c.title.label("board_title"),
            members.c.name.label("invited_by"),
            members.c.role.label("inviter"),
        )
        .join(boards, boards.c.board_id == invitations.c.board_id)
        .outerjoin(
            members,
            (members.c.board_id == invitations.c.board_id) & (members.c.id == invitations.c.created_by),
        )
        .where(
            invitations.c.board_id == board_id,
            invitations.c.id == invitation_id,
            boards.c.deleted_at.is_(None),
        )
    )
    async with engine.connect() as connection:
        row = (await connection.execute(query)).mappings().one_or_none()
    invitation = None if row is None else record_of(Invitation, [row[name] for name in field_names(Invitation)])
    inviter = None if row is None else row["inviter"]
    if row is None or not is_open_to(invitation, inviter, token, now):
        return None
    return Preview(row["board_title"], row["invited_by"], invitation.role)
