"""A small world to try commands in: people, boards, and a client's way of following a board."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncEngine

from tracker import wire
from tracker.actor import Actor
from tracker.change_log import read_changes
from tracker.commands.boards import BoardCreate
from tracker.commands.check_ins import CheckInCreate
from tracker.commands.command import Command
from tracker.commands.comments import CommentCreate
from tracker.commands.goals import GoalCreate
from tracker.commands.invitations import InvitationAccept, InvitationCreate
from tracker.commands.key_results import KeyResultCreate
from tracker.commands.links import LinkCreate
from tracker.commands.lists import ListCreate
from tracker.commands.tasks import TaskCreate
from tracker.execute import Door
from tracker.personal_board import open_personal_board
from tracker.roles import Role
from tracker.snapshot import read_snapshot
from tracker.transaction import Done

Records = dict[tuple[str, str], dict[str, Any]]
"""A client's copy of a board: the records by type and id, with JSON values."""

TOKEN = "a-secret-of-at-least-128-bits"


class Clock:
    """A clock that moves one second at each look, so that moments tell the changes apart."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class World:
    """Does commands through the door and looks at what came of them."""

    engine: AsyncEngine
    door: Door

    async def person(self, name: str) -> UUID:
        """Somebody new, with a personal board."""
        account_id = uuid4()
        await open_personal_board(self.door, account_id, name, "Europe/Berlin")
        return account_id

    async def does(self, account_id: UUID, command: Command) -> Done:
        """The command, done in somebody's name. Raises Refused."""
        return await self.door.execute(Actor(account_id), uuid4(), command)

    async def board(self, owner: UUID) -> UUID:
        """A new shared board."""
        board_id = uuid4()
        await self.does(owner, BoardCreate(board_id=board_id, title="Spring"))
        return board_id

    async def joins(self, board_id: UUID, owner: UUID, guest: UUID, role: Role) -> None:
        """The guest accepts an invitation of the owner."""
        invitation_id = uuid4()
        await self.does(owner, InvitationCreate(board_id=board_id, invitation_id=invitation_id, role=role, token=TOKEN))
        await self.does(guest, InvitationAccept(board_id=board_id, invitation_id=invitation_id, token=TOKEN))

    async def records(self, account_id: UUID, board_id: UUID) -> tuple[int, Records]:
        """A fresh snapshot as a client reads it: its seq and its records."""
        snapshot = await read_snapshot(self.engine, board_id)
        assert snapshot is not None
        records = wire.decode(snapshot.records)
        return snapshot.seq, {(record["type"], record["id"]): record for record in records}

    async def changes(self, board_id: UUID, after: int = 0) -> list[dict[str, Any]]:
        """The board's log after a seq, as clients get it."""
        async with self.engine.connect() as connection:
            logged = await read_changes(connection, board_id, after, 10_000)
        return [wire.decode(change.body) for change in logged]


def follow(records: Records, changes: Iterable[dict[str, Any]]) -> Records:
    """The records after the changes: what every client does."""
    followed = dict(records)
    for change in changes:
        for put in change["put"]:
            key = (put["type"], put["id"])
            followed[key] = {**followed.get(key, {}), **put}
        for removed in change["remove"]:
            del followed[removed["type"], removed["id"]]
    return followed


@dataclass
class Furnished:
    """A board on which there is one of everything. Ada owns it, Bo edits, Cy is not on it."""

    world: World
    ada: UUID
    bo: UUID
    cy: UUID
    board_id: UUID
    list_id: UUID
    task_id: UUID
    goal_id: UUID
    key_result_id: UUID
    check_in_id: UUID
    link_id: UUID
    comment_id: UUID
    invitation_id: UUID


async def furnish(world: World) -> Furnished:
    """Make such a board."""
    ada, bo, cy = await asyncio.gather(*(world.person(name) for name in ("Ada", "Bo", "Cy")))
    board_id, key = uuid4(), uuid4()
    f = Furnished(world, ada, bo, cy, board_id, *(uuid4() for _ in range(8)))
    arrival = (
        (ada, BoardCreate(board_id=board_id, title="Spring")),
        (ada, InvitationCreate(board_id=board_id, invitation_id=key, role="editor", token=TOKEN)),
        (bo, InvitationAccept(board_id=board_id, invitation_id=key, token=TOKEN)),
    )
    furniture = (
        ListCreate(board_id=board_id, list_id=f.list_id, title="Doing", position="a0"),
        TaskCreate(board_id=board_id, task_id=f.task_id, list_id=f.list_id, title="Run 5 km", position="a0"),
        GoalCreate(board_id=board_id, goal_id=f.goal_id, title="Half marathon", position="a0", owner_id=ada),
        KeyResultCreate(
            board_id=board_id,
            key_result_id=f.key_result_id,
            goal_id=f.goal_id,
            title="Weight",
            position="a0",
            unit="kg",
            start_value=80,
            target_value=70,
        ),
        CheckInCreate(
            board_id=board_id,
            check_in_id=f.check_in_id,
            goal_id=f.goal_id,
            key_result_id=f.key_result_id,
            value=78,
            health="on_track",
            for_day=date(2026, 11, 20),
        ),
        LinkCreate(board_id=board_id, link_id=f.link_id, goal_id=f.goal_id, task_id=f.task_id),
        CommentCreate(board_id=board_id, comment_id=f.comment_id, text="Which shoes?", task_id=f.task_id),
        InvitationCreate(board_id=board_id, invitation_id=f.invitation_id, role="viewer", token=TOKEN),
    )
    orders = [*arrival, *((ada, command) for command in furniture)]
    await asyncio.gather(*(world.does(account_id, command) for account_id, command in orders))
    return f
