"""Who may do what. The only module that decides it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from tracker.change_log import Head
from tracker.commands.boards import BoardRestore
from tracker.commands.command import Command
from tracker.draft import Draft
from tracker.records import Board, Member
from tracker.refusal import Refused
from tracker.roles import Role, at_least
from tracker.schema import board_heads, record_tables


def require(command: Command, draft: Draft) -> None:
    """Refuse the command unless its author may give it on its board as both stand now.

    `not_found` for whoever is not a member, be the board there or not; `forbidden` for a lesser role. Called inside
    the transaction of the write, so that a right lost in a change before this one is lost here.
    """
    if command.MINIMUM is None:
        return
    member = draft.find(Member, draft.actor_id)
    if member is None:
        raise Refused("not_found", "This board does not exist, or you are not on it.")
    if not at_least(member.role, command.MINIMUM):
        raise Refused("forbidden", f"This takes the role {command.MINIMUM}; yours is {member.role}.")
    if draft.get(Board, command.board_id).deleted_at is not None and not isinstance(command, BoardRestore):
        raise Refused("conflict", "This board is in the trash. Restore it first.")


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is on a board, and where its log stands, read at one moment."""

    role: Role
    head: Head


async def standing(connection: AsyncConnection, account_id: UUID, board_id: UUID) -> Standing | None:
    """How the account stands on the board; None alike for a board that is absent and one that is not theirs."""
    member = record_tables[Member]
    row = (
        await connection.execute(
            select(member.c.role, board_heads.c.epoch, board_heads.c.seq, board_heads.c.floor)
            .join(board_heads, board_heads.c.board_id == member.c.board_id)
            .where(member.c.board_id == board_id, member.c.id == account_id)
        )
    ).one_or_none()
    return None if row is None else Standing(row.role, Head(row.epoch, row.seq, row.floor))
