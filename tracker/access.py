"""Who may do what. The only module that decides it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection

from tracker.change_log import Head
from tracker.commands.boards import BoardRestore
from tracker.commands.command import Command
from tracker.draft import Draft
from tracker.records import Board, Member
from tracker.refusal import Refused
from tracker.roles import Role, at_least


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


# Arrays and not a list of parameters, so that one prepared statement serves any number of pairs.
STANDINGS: Final = """
    SELECT member.id, member.board_id, member.role, head.epoch, head.seq, head.floor
    FROM unnest($1::uuid[], $2::uuid[]) AS asked (account_id, board_id)
    JOIN member ON member.board_id = asked.board_id AND member.id = asked.account_id
    JOIN board_heads AS head ON head.board_id = asked.board_id
"""


async def standings(
    connection: asyncpg.Connection, asked: Collection[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], Standing]:
    """How each account stands on its board, for pairs of account and board that have anything to do with each other.

    A pair is left out alike when there is no such board and when it is not theirs.
    """
    accounts, boards = zip(*asked, strict=True)
    rows = await connection.fetch(STANDINGS, accounts, boards)
    return {(row[0], row[1]): Standing(row[2], Head(row[3], row[4], row[5])) for row in rows}


async def standing(connection: AsyncConnection, account_id: UUID, board_id: UUID) -> Standing | None:
    """How the account stands on the board; None alike for a board that is absent and one that is not theirs.

    Seen at the moment of the transaction that `connection` is in.
    """
    row = (await connection.exec_driver_sql(STANDINGS, ([account_id], [board_id]))).one_or_none()
    return None if row is None else Standing(row.role, Head(row.epoch, row.seq, row.floor))
