"""What the door remembers of boards spares it the reading, and is never more than a guess that the write proves."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.tracker.stories import STORIES, TYPES, decoded
from tests.tracker.world import Furnished
from tracker import one_statement
from tracker.actor import Actor
from tracker.announcements import Announcer
from tracker.commands.command import Command
from tracker.commands.lists import ListDelete, ListRestore
from tracker.commands.members import MemberEdit, MemberRemove
from tracker.commands.tasks import TaskComplete, TaskCreate, TaskEdit, TaskMove
from tracker.database import driver_lent
from tracker.draft import Records, Touch
from tracker.execute import Door
from tracker.known_boards import LONGEST_TEXTS
from tracker.records import RECORD_TYPES
from tracker.refusal import Refused
from tracker.storage import Loading
from tracker.transaction import Done


class Statements:
    """What the doors of this process asked PostgreSQL for: "read" or "write", in their order."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def take(self) -> tuple[int, int]:
        """How many reads and writes there were since the last look."""
        asked, self.asked = self.asked, []
        return asked.count("read"), asked.count("write")


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Statements:
    counts, read, write_if = Statements(), one_statement.read, one_statement.write_if

    async def reads(*args: Any) -> Any:
        counts.asked.append("read")
        return await read(*args)

    async def writes(*args: Any) -> Any:
        counts.asked.append("write")
        return await write_if(*args)

    monkeypatch.setattr(one_statement, "read", reads)
    monkeypatch.setattr(one_statement, "write_if", writes)
    return counts


@pytest.fixture
async def other(engine: AsyncEngine, redis: Redis) -> AsyncIterator[Door]:
    """The door of another node."""
    door = Door(engine, Announcer(redis))
    door.start()
    yield door
    await door.stop()


def edit(f: Furnished, **fields: Any) -> Command:
    return TaskEdit(board_id=f.board_id, task_id=f.task_id, **fields)


async def task(f: Furnished) -> dict[str, Any]:
    _, records = await f.world.records(f.ada, f.board_id)
    return records["task", str(f.task_id)]


async def refused(door: Door, author: UUID, command: Command) -> str:
    with pytest.raises(Refused) as refusal:
        await door.execute(Actor(author), uuid4(), command)
    return refusal.value.code


async def test_what_the_door_knows_it_does_not_read(furnished: Furnished, statements: Statements) -> None:
    f = furnished
    await f.world.does(f.ada, edit(f, title="Swim"))
    statements.take()
    await f.world.does(f.ada, edit(f, title="Dive"))
    assert statements.take() == (0, 1)
    await f.world.does(f.ada, TaskComplete(board_id=f.board_id, task_id=f.task_id))
    assert statements.take() == (0, 1)
    assert (await task(f))["title"] == "Dive"


async def test_a_record_that_is_not_known_is_read(furnished: Furnished, statements: Statements) -> None:
    f, task_id = furnished, uuid4()
    new = TaskCreate(board_id=f.board_id, task_id=task_id, list_id=f.list_id, title="Stretch", position="a1")
    await f.world.does(f.ada, new)
    assert statements.take() == (1, 1)
    await f.world.does(f.ada, TaskEdit(board_id=f.board_id, task_id=task_id, title="Stretch well"))
    assert statements.take() == (0, 1)


async def test_what_another_node_wrote_is_not_overwritten(
    furnished: Furnished, other: Door, statements: Statements
) -> None:
    f = furnished
    await f.world.does(f.ada, edit(f, title="Swim"))
    await other.execute(Actor(f.bo), uuid4(), edit(f, notes="In the lake"))
    statements.take()
    await f.world.does(f.ada, edit(f, title="Dive"))
    assert statements.take() == (1, 2)
    assert ((await task(f))["title"], (await task(f))["notes"]) == ("Dive", "In the lake")


async def test_what_another_node_wrote_beside_it_is_not_overwritten_later(furnished: Furnished, other: Door) -> None:
    f, beside = furnished, uuid4()
    new = TaskCreate(board_id=f.board_id, task_id=beside, list_id=f.list_id, title="Stretch", position="a1")
    await f.world.does(f.ada, new)
    await f.world.does(f.ada, edit(f, title="Swim"))
    await other.execute(Actor(f.bo), uuid4(), edit(f, notes="In the lake"))
    await f.world.does(f.ada, TaskEdit(board_id=f.board_id, task_id=beside, title="Stretch well"))
    await f.world.does(f.ada, edit(f, title="Dive"))
    assert ((await task(f))["title"], (await task(f))["notes"]) == ("Dive", "In the lake")


@pytest.mark.rule("R-22")
async def test_a_right_that_another_node_took_is_lost(furnished: Furnished, other: Door) -> None:
    f = furnished
    await f.world.does(f.bo, edit(f, title="Swim"))
    await other.execute(Actor(f.ada), uuid4(), MemberEdit(board_id=f.board_id, member_id=f.bo, role="viewer"))
    assert await refused(f.world.door, f.bo, edit(f, title="Dive")) == "forbidden"
    await other.execute(Actor(f.ada), uuid4(), MemberRemove(board_id=f.board_id, member_id=f.bo))
    assert await refused(f.world.door, f.bo, edit(f, title="Dive")) == "not_found"
    assert (await task(f))["title"] == "Swim"


async def test_nothing_is_refused_for_what_is_no_longer_so(furnished: Furnished, other: Door) -> None:
    f = furnished
    move = TaskMove(board_id=f.board_id, task_id=f.task_id, list_id=f.list_id, position="a7")
    await f.world.does(f.ada, ListDelete(board_id=f.board_id, list_id=f.list_id))
    assert await refused(f.world.door, f.ada, move) == "not_found"
    await other.execute(Actor(f.ada), uuid4(), ListRestore(board_id=f.board_id, list_id=f.list_id))
    await f.world.does(f.ada, move)
    assert (await task(f))["position"] == "a7"


@pytest.mark.rule("R-25")
async def test_a_repeat_of_what_is_known_is_answered_with_the_first_outcome(
    furnished: Furnished, statements: Statements
) -> None:
    f, command_id, command = furnished, uuid4(), edit(furnished, title="Swim")
    first = await f.world.door.execute(Actor(f.ada), command_id, command)
    later = await f.world.does(f.bo, edit(f, title="Dive"))
    statements.take()
    again = await f.world.door.execute(Actor(f.ada), command_id, command)
    assert (again.seq, again.repeated) == (first.seq, True)
    assert statements.take() == (1, 1)
    assert (await f.world.records(f.ada, f.board_id))[0] == later.seq
    assert (await task(f))["title"] == "Dive"


async def test_after_a_repeat_more_are_looked_for(furnished: Furnished, statements: Statements) -> None:
    f, command_id, command = furnished, uuid4(), edit(furnished, title="Swim")
    await f.world.door.execute(Actor(f.ada), command_id, command)
    await f.world.door.execute(Actor(f.ada), command_id, command)
    statements.take()
    assert (await f.world.door.execute(Actor(f.ada), command_id, command)).repeated
    assert statements.take() == (1, 0)


async def together(f: Furnished, *orders: tuple[UUID, Command]) -> list[Done | BaseException]:
    """What becomes of Ada's commands, given with their ids, that share a transaction."""
    futures = [f.world.door.submit(Actor(f.ada), command_id, command) for command_id, command in orders]
    return await asyncio.gather(*futures, return_exceptions=True)


@pytest.mark.rule("R-29")
async def test_what_is_refused_beside_what_is_done_needs_no_second_decision(
    furnished: Furnished, statements: Statements
) -> None:
    f, new = (
        furnished,
        TaskCreate(board_id=furnished.board_id, task_id=uuid4(), list_id=uuid4(), title="A", position="a0"),
    )
    await together(f, (uuid4(), new), (uuid4(), edit(f, title="Swim")))
    statements.take()
    refusal, done = await together(f, (uuid4(), new), (uuid4(), edit(f, title="Dive")))
    assert isinstance(refusal, Refused)
    assert refusal.code == "not_found"
    assert isinstance(done, Done)
    # It is looked up whether the refused one had been done before, while what breaks there still leaves nothing done.
    assert statements.asked == ["read", "write"]


@pytest.mark.rule("R-25")
async def test_a_repeat_that_is_refused_for_having_been_done_is_answered_with_the_first_outcome(
    furnished: Furnished, statements: Statements
) -> None:
    f, command_id = furnished, uuid4()
    new = TaskCreate(board_id=f.board_id, task_id=uuid4(), list_id=f.list_id, title="Stretch", position="a1")
    first, _ = await together(f, (command_id, new), (uuid4(), edit(f, title="Swim")))
    statements.take()
    again, _, other = await together(
        f,
        (command_id, new),
        (uuid4(), edit(f, title="Dive")),
        (command_id, TaskCreate(**{**new.model_dump(), "title": "Bend"})),
    )
    assert isinstance(first, Done)
    assert again == Done(f.board_id, first.seq, repeated=True)
    assert isinstance(other, Refused)
    assert other.code == "conflict"
    assert statements.take() == (1, 1)


async def test_what_was_only_refused_is_not_remembered(furnished: Furnished) -> None:
    f = furnished
    await f.world.does(f.ada, edit(f, title="Swim"))
    before = f.world.door._known._records
    for _ in range(3):
        assert (
            await refused(f.world.door, f.ada, TaskEdit(board_id=f.board_id, task_id=uuid4(), title="A")) == "not_found"
        )
    assert f.world.door._known._records == before


async def test_long_texts_are_read_each_time(furnished: Furnished, statements: Statements) -> None:
    f = furnished
    await f.world.does(f.ada, edit(f, title="Swim"))
    statements.take()
    await f.world.does(f.ada, edit(f, notes="x" * LONGEST_TEXTS))
    await f.world.does(f.ada, edit(f, priority=1))
    assert statements.take() == (1, 2)
    await f.world.does(f.ada, edit(f, notes="short again"))
    await f.world.does(f.ada, edit(f, priority=2))
    assert statements.take() == (1, 2)
    assert ((await task(f))["priority"], (await task(f))["notes"]) == (2, "short again")


async def test_nothing_is_known_of_another_server(furnished: Furnished) -> None:
    """A standby that took over may lack the last changes and stand at the same head again, by others' changes."""
    f = furnished
    await f.world.does(f.ada, edit(f, title="Swim"))
    async with f.world.engine.begin() as connection:
        await connection.execute(text("UPDATE task SET title = 'Climb', notes = 'As the standby has it'"))
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                "AND application_name = 'lockstep'"
            )
        )
    await f.world.does(f.ada, edit(f, priority=1))
    assert ((await task(f))["title"], (await task(f))["notes"]) == ("Climb", "As the standby has it")


@pytest.mark.parametrize("command_type", TYPES)
async def test_what_is_known_is_what_a_reading_would_find(command_type: str, furnished: Furnished) -> None:
    f = furnished
    for step in (dict(step) for step in STORIES[command_type](f)):
        author = step.pop("_by", f.ada)
        await f.world.does(author, decoded(f, step))
    boards = f.world.door._known._boards
    known = {(board_id, *key): record for board_id, board in boards.items() for key, record in board.records.items()}
    loading = Loading(Touch(board_id, RECORD_TYPES[name], UUID(int=number)) for board_id, name, number in known)
    records: Records = {}
    async with driver_lent(f.world.engine) as connection:
        loading.put_into(records, await one_statement.read(connection, loading.parts))
        heads = await connection.fetch("SELECT board_id, epoch, seq FROM board_heads")
    assert known
    assert {key: repr(record) for key, record in known.items() if record is not None} == {
        (board_id, *key): repr(record) for board_id, of_board in records.items() for key, record in of_board.items()
    }
    standing = {(row["board_id"], row["epoch"], row["seq"]) for row in heads}
    assert {(board_id, board.epoch, board.seq) for board_id, board in boards.items()} <= standing
