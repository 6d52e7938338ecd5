"""Opening the personal board that every account has."""

from typing import Final
from uuid import UUID, uuid5

from tracker.actor import Actor
from tracker.commands.personal_board import PersonalBoardOpen
from tracker.execute import Door

COLORS: Final = 8


def inbox_id(account_id: UUID) -> UUID:
    """The id of the first list of an account's personal board."""
    return uuid5(account_id, "inbox")


async def open_personal_board(door: Door, account_id: UUID, name: str, time_zone: str) -> None:
    """Make the personal board of a new account through the door. May be called again: it takes effect once.

    The color and the ids follow from the account's id, so that a repeat is the same command.
    """
    command = PersonalBoardOpen(
        board_id=account_id,
        name=name,
        color=account_id.int % COLORS,
        time_zone=time_zone,
        list_id=inbox_id(account_id),
    )
    await door.execute(Actor(account_id), uuid5(account_id, "personal_board.open"), command)
