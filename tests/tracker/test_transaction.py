"""What one transaction does when others write between its reading and its writing."""

from collections.abc import Awaitable, Callable
from typing import Any, cast
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.tracker.world import Furnished
from tracker.actor import Actor
from tracker.commands.command import Command
from tracker.commands.members import MemberRemove
from tracker.commands.tasks import TaskEdit
from tracker.database import driver_of
from tracker.execute import utc_now
from tracker.known_boards import KnownBoards
from tracker.refusal import Refused
from tracker.transaction import Done, Order, Outcome, run


class Interrupted:
    """A connection before whose first write something else happens."""

    def __init__(self, connection: asyncpg.Connection, meanwhile: Callable[[], Awaitable[object]]) -> None:
        self._connection = connection
        self._meanwhile: Callable[[], Awaitable[object]] | None = meanwhile
        self.writes = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def fetchval(self, *statement: Any) -> Any:
        self.writes += 1
        meanwhile, self._meanwhile = self._meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        return await self._connection.fetchval(*statement)


async def run_while(
    engine: AsyncEngine, order: Order, meanwhile: Callable[[], Awaitable[object]]
) -> tuple[Outcome, int]:
    """What becomes of a command, and how often it was written."""
    async with engine.connect() as connection:
        interrupted = Interrupted(await driver_of(connection), meanwhile)
        [outcome], _ = await run(cast(asyncpg.Connection, interrupted), [order], utc_now(), KnownBoards())
    return outcome, interrupted.writes


def edit(f: Furnished, title: str) -> Command:
    return TaskEdit(board_id=f.board_id, task_id=f.task_id, title=title)


async def nothing() -> None:
    """Meanwhile, nobody does anything."""


@pytest.mark.rule("R-25")
async def test_what_nobody_disturbs_is_written_at_the_first_try(furnished: Furnished, engine: AsyncEngine) -> None:
    outcome, writes = await run_while(engine, Order(Actor(furnished.ada), uuid4(), edit(furnished, "Swim")), nothing)
    assert (type(outcome), writes) == (Done, 1)


async def test_a_right_lost_between_reading_and_writing_is_lost(furnished: Furnished, engine: AsyncEngine) -> None:
    f = furnished
    order = Order(Actor(f.bo), uuid4(), edit(f, "Swim"))
    removal = MemberRemove(board_id=f.board_id, member_id=f.bo)
    outcome, _ = await run_while(engine, order, lambda: f.world.does(f.ada, removal))
    assert isinstance(outcome, Refused)
    assert outcome.code == "not_found"


async def test_a_change_between_reading_and_writing_is_not_overwritten(
    furnished: Furnished, engine: AsyncEngine
) -> None:
    f = furnished
    seq, _ = await f.world.records(f.ada, f.board_id)
    notes = TaskEdit(board_id=f.board_id, task_id=f.task_id, notes="In the lake")
    outcome, writes = await run_while(
        engine, Order(Actor(f.ada), uuid4(), edit(f, "Swim")), lambda: f.world.does(f.ada, notes)
    )
    assert isinstance(outcome, Done)
    assert (outcome.seq, writes) == (seq + 2, 2)
    _, records = await f.world.records(f.ada, f.board_id)
    task = records["task", str(f.task_id)]
    assert (task["title"], task["notes"]) == ("Swim", "In the lake")


async def test_a_twin_done_between_reading_and_writing_is_the_only_one(
    furnished: Furnished, engine: AsyncEngine
) -> None:
    f = furnished
    seq, _ = await f.world.records(f.ada, f.board_id)
    order = Order(Actor(f.ada), uuid4(), edit(f, "Swim"))
    outcome, _ = await run_while(
        engine, order, lambda: f.world.door.execute(order.actor, order.command_id, order.command)
    )
    assert outcome == Done(f.board_id, seq + 1, repeated=True)
    assert (await f.world.records(f.ada, f.board_id))[0] == seq + 1
