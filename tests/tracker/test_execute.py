"""The one door: exactly once, in order, without holes, and nobody sinks with another."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.tracker.world import Furnished, World, follow
from tracker import execute
from tracker.actor import Actor
from tracker.announcements import Announcement, Announcer, board_channel, parse_announcement
from tracker.commands.boards import BoardCreate
from tracker.commands.command import Command
from tracker.commands.lists import ListCreate, ListEdit
from tracker.commands.members import MemberRemove
from tracker.commands.profiles import ProfileEdit
from tracker.commands.tasks import TaskComplete, TaskCreate, TaskEdit, TaskMove
from tracker.execute import Door, utc_now
from tracker.refusal import Refused
from tracker.transaction import Done


def new_task(f: Furnished, task_id: UUID | None = None, title: str = "Stretch") -> TaskCreate:
    return TaskCreate(board_id=f.board_id, task_id=task_id or uuid4(), list_id=f.list_id, title=title, position="a1")


def counting_clock() -> tuple[Callable[[], datetime], list[datetime]]:
    """A door's clock, and the moments that it told: one for each transaction."""
    moments: list[datetime] = []

    def clock() -> datetime:
        moments.append(utc_now())
        return moments[-1]

    return clock, moments


async def settled(door: Door, actor: UUID, *commands: Command) -> list[Done | BaseException]:
    """What becomes of commands that arrive together."""
    futures = [door.submit(Actor(actor), uuid4(), command) for command in commands]
    return await asyncio.gather(*futures, return_exceptions=True)


@pytest.mark.rule("R-25")
async def test_a_command_sent_again_is_done_once_and_answered_alike(furnished: Furnished) -> None:
    f, door, command_id = furnished, furnished.world.door, uuid4()
    command = new_task(f)
    first = await door.execute(Actor(f.ada), command_id, command)
    again = await door.execute(Actor(f.ada), command_id, command)
    assert (again.board_id, again.seq, again.repeated) == (first.board_id, first.seq, True)
    assert not first.repeated
    assert (await f.world.records(f.ada, f.board_id))[0] == first.seq


async def test_twins_in_one_batch_are_done_once(furnished: Furnished) -> None:
    f, door, command_id = furnished, furnished.world.door, uuid4()
    command = new_task(f)
    twins = [door.submit(Actor(f.ada), command_id, command) for _ in range(5)]
    done = await asyncio.gather(*twins)
    assert [each.repeated for each in done] == [False, True, True, True, True]
    assert len({each.seq for each in done}) == 1


@pytest.mark.rule("R-25")
async def test_twins_at_two_doors_are_done_once(furnished: Furnished, engine: AsyncEngine, redis: Redis) -> None:
    f, other = furnished, Door(engine, Announcer(redis))
    other.start()
    seq_before, _ = await f.world.records(f.ada, f.board_id)
    for _ in range(20):
        command_id, command = uuid4(), new_task(f)
        done = await asyncio.gather(
            *(door.execute(Actor(f.ada), command_id, command) for door in (f.world.door, other))
        )
        assert {each.repeated for each in done} == {False, True}
    await other.stop()
    assert (await f.world.records(f.ada, f.board_id))[0] == seq_before + 20


async def test_what_breaks_while_it_is_told_at_home_is_done_all_the_same(
    furnished: Furnished, engine: AsyncEngine, redis: Redis
) -> None:
    def breaks(_: Announcement, __: bytes) -> None:
        raise RuntimeError("a hub that breaks")

    f, announcer = furnished, Announcer(redis)
    announcer.tell_at_home(breaks)
    door = Door(engine, announcer)
    door.start()
    done = await door.execute(Actor(f.ada), uuid4(), new_task(f))
    await door.stop()
    assert not done.repeated
    assert (await f.world.records(f.ada, f.board_id))[0] == done.seq


async def test_a_door_that_is_closed_at_once_does_what_waits_and_opens_again(
    furnished: Furnished, engine: AsyncEngine, redis: Redis
) -> None:
    f, door = furnished, Door(engine, Announcer(redis))
    door.start()
    answers = [door.submit(Actor(f.ada), uuid4(), new_task(f)) for _ in range(3)]
    await door.stop()
    assert not [answer for answer in answers if not answer.done() or answer.exception()]
    door.start()
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await door.execute(Actor(f.ada), uuid4(), new_task(f))
    await door.stop()


async def test_two_makers_of_one_board_get_one_board(world: World, engine: AsyncEngine, redis: Redis) -> None:
    ada, bo = await world.person("Ada"), await world.person("Bo")
    other = Door(engine, Announcer(redis))
    other.start()
    for _ in range(10):
        command = BoardCreate(board_id=uuid4(), title="Spring")
        outcomes = await asyncio.gather(
            world.door.execute(Actor(ada), uuid4(), command),
            other.execute(Actor(bo), uuid4(), command),
            return_exceptions=True,
        )
        refused = [each for each in outcomes if isinstance(each, Refused)]
        assert [each.code for each in refused] == ["already_exists"]
    await other.stop()


@pytest.mark.rule("R-26")
async def test_an_id_used_for_another_command_is_refused(furnished: Furnished) -> None:
    f, command_id = furnished, uuid4()
    await f.world.door.execute(Actor(f.ada), command_id, new_task(f))
    with pytest.raises(Refused) as refusal:
        await f.world.door.execute(Actor(f.ada), command_id, new_task(f))
    assert refusal.value.code == "conflict"


async def test_a_profile_edit_sent_again_after_joining_a_board_is_the_same_command(furnished: Furnished) -> None:
    f, command_id = furnished, uuid4()
    command = ProfileEdit(board_id=f.bo, name="Bo B.")
    await f.world.door.execute(Actor(f.bo), command_id, command)
    await f.world.joins(await f.world.board(f.ada), f.ada, f.bo, "viewer")
    assert (await f.world.door.execute(Actor(f.bo), command_id, command)).repeated


async def test_the_same_id_of_another_person_is_another_command(furnished: Furnished) -> None:
    f, command_id = furnished, uuid4()
    await f.world.door.execute(Actor(f.ada), command_id, new_task(f))
    done = await f.world.door.execute(Actor(f.bo), command_id, new_task(f))
    assert not done.repeated


@pytest.mark.rule("R-29")
async def test_a_refused_command_has_no_effect_and_sinks_nobody(furnished: Furnished) -> None:
    f = furnished
    seq, records = await f.world.records(f.ada, f.board_id)
    good, bad, good_too = await settled(
        f.world.door,
        f.ada,
        new_task(f, title="One"),
        TaskMove(board_id=f.board_id, task_id=f.task_id, list_id=uuid4(), position="a9"),
        new_task(f, title="Two"),
    )
    assert isinstance(bad, Refused)
    assert isinstance(good, Done)
    assert isinstance(good_too, Done)
    assert (good.seq, good_too.seq) == (seq + 1, seq + 2)
    changes = await f.world.changes(f.board_id, after=seq)
    assert follow(records, changes) == (await f.world.records(f.ada, f.board_id))[1]


async def test_what_the_database_refuses_sinks_alone(furnished: Furnished, engine: AsyncEngine) -> None:
    f = furnished
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE task ADD CONSTRAINT bad CHECK (title <> 'cursed')"))
    try:
        outcomes = await settled(
            f.world.door, f.ada, new_task(f), new_task(f, title="cursed"), new_task(f, title="blessed")
        )
    finally:
        async with engine.begin() as connection:
            await connection.execute(text("ALTER TABLE task DROP CONSTRAINT bad"))
    assert [getattr(each, "code", "done") for each in outcomes] == ["done", "invalid", "done"]


async def test_commands_on_one_record_in_one_batch_see_each_other(furnished: Furnished) -> None:
    f, task_id = furnished, uuid4()
    outcomes = await settled(
        f.world.door,
        f.ada,
        new_task(f, task_id),
        TaskEdit(board_id=f.board_id, task_id=task_id, title="Stretch well"),
        TaskComplete(board_id=f.board_id, task_id=task_id),
        new_task(f, task_id),
    )
    assert [getattr(each, "code", "done") for each in outcomes] == ["done", "done", "done", "already_exists"]
    _, records = await f.world.records(f.ada, f.board_id)
    task = records["task", str(task_id)]
    assert task["title"] == "Stretch well"
    assert task["completed_by"] == str(f.ada)


@pytest.mark.rule("R-22")
async def test_a_right_lost_earlier_in_the_batch_is_lost(furnished: Furnished) -> None:
    f, door = furnished, furnished.world.door
    removal = door.submit(Actor(f.ada), uuid4(), MemberRemove(board_id=f.board_id, member_id=f.bo))
    late = door.submit(Actor(f.bo), uuid4(), TaskComplete(board_id=f.board_id, task_id=f.task_id))
    await removal
    with pytest.raises(Refused) as refusal:
        await late
    assert refusal.value.code == "not_found"


async def test_an_accepted_command_that_changes_nothing_still_makes_a_change(furnished: Furnished) -> None:
    f = furnished
    await f.world.does(f.ada, TaskComplete(board_id=f.board_id, task_id=f.task_id))
    done = await f.world.does(f.bo, TaskComplete(board_id=f.board_id, task_id=f.task_id))
    (change,) = await f.world.changes(f.board_id, after=done.seq - 1)
    assert (change["put"], change["remove"]) == ([], [])
    _, records = await f.world.records(f.ada, f.board_id)
    assert records["task", str(f.task_id)]["completed_by"] == str(f.ada)


@pytest.mark.rule("R-10")
async def test_two_doors_leave_no_hole_and_no_double(furnished: Furnished, engine: AsyncEngine, redis: Redis) -> None:
    f, other = furnished, Door(engine, Announcer(redis))
    other.start()
    second = await f.world.board(f.ada)
    seq, records = await f.world.records(f.ada, f.board_id)
    commands: list[tuple[Door, Command]] = []
    for number in range(200):
        door = (f.world.door, other)[number % 2]
        board_id = second if number % 5 == 0 else f.board_id
        commands.append((door, ListCreate(board_id=board_id, list_id=uuid4(), title="L", position="a0")))
        commands.append((door, ListEdit(board_id=f.board_id, list_id=f.list_id, title=str(number))))
    done = await asyncio.gather(*(door.execute(Actor(f.ada), uuid4(), command) for door, command in commands))
    await other.stop()
    for board_id in (f.board_id, second):
        seqs = sorted(each.seq for each in done if each.board_id == board_id)
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
    changes = await f.world.changes(f.board_id, after=seq)
    assert follow(records, changes) == (await f.world.records(f.ada, f.board_id))[1]


async def test_what_was_committed_is_announced_in_order(furnished: Furnished, redis: Redis) -> None:
    f = furnished
    seq, _ = await f.world.records(f.ada, f.board_id)
    async with redis.pubsub() as listener:
        await listener.subscribe(board_channel(f.board_id))
        await listener.get_message(timeout=5)
        await settled(f.world.door, f.ada, *(new_task(f) for _ in range(30)))
        heard: list[int] = []
        while len(heard) < 30:
            message = await listener.get_message(ignore_subscribe_messages=True, timeout=5)
            assert message is not None
            heard += [change.seq for change in parse_announcement(message["data"])[1]]
    assert heard == list(range(seq + 1, seq + 31))


async def test_a_full_door_answers_at_once(furnished: Furnished, monkeypatch: pytest.MonkeyPatch) -> None:
    f = furnished
    monkeypatch.setattr("tracker.execute.WAITING_LIMIT", 2)
    outcomes = await settled(f.world.door, f.ada, *(new_task(f) for _ in range(3)))
    assert [getattr(each, "code", "done") for each in outcomes] == ["done", "done", "unavailable"]


async def test_nobody_fills_the_door_alone(furnished: Furnished, monkeypatch: pytest.MonkeyPatch) -> None:
    f = furnished
    monkeypatch.setattr("tracker.execute.SHARE_LIMIT", 2)
    for _ in range(2):
        mine = [f.world.door.submit(Actor(f.ada), uuid4(), new_task(f)) for _ in range(3)]
        theirs = f.world.door.submit(Actor(f.bo), uuid4(), new_task(f))
        outcomes = await asyncio.gather(*mine, theirs, return_exceptions=True)
        assert [getattr(each, "code", "done") for each in outcomes] == ["done", "done", "unavailable", "done"]


async def test_closing_does_what_waits(engine: AsyncEngine, redis: Redis, furnished: Furnished) -> None:
    door = Door(engine, Announcer(redis))
    door.start()
    waiting = [door.submit(Actor(furnished.ada), uuid4(), new_task(furnished)) for _ in range(3)]
    await door.stop()
    assert all(isinstance(each.result(), Done) for each in waiting)
    await door.stop()


async def test_commands_that_arrive_one_after_the_other_share_a_transaction_once_some_did(
    furnished: Furnished, engine: AsyncEngine, redis: Redis
) -> None:
    f, (clock, moments) = furnished, counting_clock()
    door = Door(engine, Announcer(redis), clock)
    door.start()
    await settled(door, f.ada, *(new_task(f) for _ in range(3)))
    await door.execute(Actor(f.ada), uuid4(), new_task(f))
    assert len(moments) == 2
    await settled(door, f.ada, *(new_task(f) for _ in range(3)))
    assert len(moments) == 3
    first = door.submit(Actor(f.ada), uuid4(), new_task(f))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.gather(first, *(door.submit(Actor(f.ada), uuid4(), new_task(f)) for _ in range(2)))
    assert len(moments) == 4
    await door.stop()


async def test_the_door_waits_no_longer_than_until_as_many_are_there(
    furnished: Furnished, engine: AsyncEngine, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    f, (clock, moments) = furnished, counting_clock()
    monkeypatch.setattr(execute, "GATHER_SECONDS", 3_600)

    door = Door(engine, Announcer(redis), clock)
    door.start()
    await settled(door, f.ada, *(new_task(f) for _ in range(3)))
    first = door.submit(Actor(f.ada), uuid4(), new_task(f))
    await asyncio.sleep(0.01)
    second = door.submit(Actor(f.ada), uuid4(), new_task(f))
    await asyncio.sleep(0.01)
    assert not first.done()
    async with asyncio.timeout(60):
        await asyncio.gather(first, second, door.submit(Actor(f.ada), uuid4(), new_task(f)))
    assert len(moments) == 2
    alone = door.submit(Actor(f.ada), uuid4(), new_task(f))
    await asyncio.sleep(0.01)
    async with asyncio.timeout(60):
        await door.stop()
    assert alone.result().seq > 0


async def test_the_rest_may_arrive_before_the_door_begins_to_wait_for_it(
    furnished: Furnished, engine: AsyncEngine, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    f, (clock, moments) = furnished, counting_clock()
    monkeypatch.setattr(execute, "GATHER_SECONDS", 3_600)
    door = Door(engine, Announcer(redis), clock)
    door.start()
    await settled(door, f.ada, *(new_task(f) for _ in range(3)))
    first = door.submit(Actor(f.ada), uuid4(), new_task(f))
    # It looks at the line now, and then lets what was announced be handed on.
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await asyncio.gather(first, *(door.submit(Actor(f.ada), uuid4(), new_task(f)) for _ in range(2)))
    assert len(moments) == 2
    await door.stop()


async def test_a_door_that_is_to_stop_waits_for_nobody(
    furnished: Furnished, engine: AsyncEngine, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    f, (counted, moments) = furnished, counting_clock()
    monkeypatch.setattr(execute, "GATHER_SECONDS", 3_600)

    def clock() -> datetime:
        """The rest arrives in the midst of the first transaction, and the stop with it."""
        if not moments:
            answers.append(door.submit(Actor(f.ada), uuid4(), new_task(f)))
            stopping.append(asyncio.create_task(door.stop()))
        return counted()

    stopping: list[asyncio.Task[None]] = []
    door = Door(engine, Announcer(redis), clock)
    door.start()
    answers = [door.submit(Actor(f.ada), uuid4(), new_task(f)) for _ in range(3)]
    async with asyncio.timeout(10):
        await asyncio.gather(*answers)
        await stopping[0]
    assert [answer.result().seq > 0 for answer in answers] == [True] * 4
    assert len(moments) == 2


async def test_time_that_goes_by_with_handing_on_is_no_time_for_the_rest_to_arrive(
    furnished: Furnished, engine: AsyncEngine, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    f, (clock, moments) = furnished, counting_clock()
    monkeypatch.setattr(execute, "GATHER_SECONDS", 0.5)

    def hand_on(_: Announcement, __: bytes) -> None:
        # As with a thousand sockets to write to: the loop is busy from its next turn on.
        asyncio.get_running_loop().call_soon(time.sleep, 0.6)

    announcer = Announcer(redis)
    announcer.tell_at_home(hand_on)
    door = Door(engine, announcer, clock)
    door.start()
    first = [door.submit(Actor(f.ada), uuid4(), new_task(f)) for _ in range(2)]
    await asyncio.sleep(0)
    early = door.submit(Actor(f.ada), uuid4(), new_task(f))
    await asyncio.gather(*first)
    await asyncio.sleep(0.02)
    await asyncio.gather(early, door.submit(Actor(f.ada), uuid4(), new_task(f)))
    assert len(moments) == 2
    await door.stop()
