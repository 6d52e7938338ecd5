"""The door when PostgreSQL, another node or a command of the same batch makes trouble."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs

from tests.tracker.world import Furnished, World
from tracker.actor import Actor
from tracker.announcements import Announcer
from tracker.commands.boards import BoardCreate, BoardEdit
from tracker.commands.profiles import ProfileEdit
from tracker.database import create_engine, driver_of
from tracker.execute import Door
from tracker.failures import lies_with_the_database
from tracker.refusal import Refused


async def test_a_lost_connection_is_mended_without_a_word(furnished: Furnished, engine: AsyncEngine) -> None:
    f = furnished
    async with engine.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                "AND application_name = 'lockstep'"
            )
        )
    done = await f.world.does(f.ada, BoardEdit(board_id=f.board_id, title="Autumn"))
    assert not done.repeated


async def test_a_board_that_is_held_for_long_is_answered_unavailable(
    furnished: Furnished, database_url: str, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    f = furnished
    monkeypatch.setattr("tracker.database.LOCK_TIMEOUT_MS", 10)
    impatient = create_engine(database_url)
    door = Door(impatient, Announcer(redis))
    door.start()
    command = BoardEdit(board_id=f.board_id, title="Autumn")
    async with f.world.engine.begin() as holder:
        await holder.execute(text("SELECT * FROM board_heads FOR UPDATE"))
        with pytest.raises(Refused) as refusal:
            await door.execute(Actor(f.ada), uuid4(), command)
    assert refusal.value.code == "unavailable"
    await door.execute(Actor(f.ada), uuid4(), command)
    await door.stop()
    await impatient.dispose()


@pytest.mark.rule("R-28")
async def test_a_door_without_a_database_answers_unavailable(redis: Redis) -> None:
    engine = create_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    door = Door(engine, Announcer(redis))
    door.start()
    with pytest.raises(Refused) as refusal:
        await door.execute(Actor(uuid4()), uuid4(), BoardEdit(board_id=uuid4(), title="Autumn"))
    assert refusal.value.code == "unavailable"
    await door.stop()


WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


async def outcomes_of(door: Door, *orders: tuple[Actor, BoardCreate | BoardEdit | ProfileEdit]) -> list[str]:
    """What becomes of commands that are given at once, and so share a batch."""
    answers = [door.submit(actor, uuid4(), command) for actor, command in orders]
    await asyncio.wait(answers)
    return [
        "done" if answer.exception() is None else str(getattr(answer.exception(), "code", "")) for answer in answers
    ]


async def test_a_board_that_is_held_keeps_nobody_elses_from_being_written(
    furnished: Furnished, database_url: str, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    f = furnished
    held, free = f.board_id, await f.world.board(f.ada)
    monkeypatch.setattr("tracker.database.LOCK_TIMEOUT_MS", 10)
    impatient = create_engine(database_url)
    door = Door(impatient, Announcer(redis))
    door.start()
    async with f.world.engine.begin() as holder:
        await holder.execute(text("SELECT * FROM board_heads WHERE board_id = :held FOR UPDATE"), {"held": held})
        outcomes = await outcomes_of(
            door,
            (Actor(f.ada), BoardEdit(board_id=free, title="First")),
            (Actor(f.ada), BoardEdit(board_id=held, title="Held")),
            (Actor(f.ada), BoardEdit(board_id=free, title="Second")),
        )
    assert outcomes == ["done", "unavailable", "done"]
    _, records = await f.world.records(f.ada, free)
    assert records["board", str(free)]["title"] == "Second"
    await door.stop()
    await impatient.dispose()


async def test_a_node_that_stands_still_in_a_transaction_loses_its_locks(
    furnished: Furnished, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    f = furnished
    monkeypatch.setattr("tracker.database.IDLE_TIMEOUT_MS", 50)
    frozen = create_engine(database_url)
    async with frozen.connect() as connection:
        driver = await driver_of(connection)
        await driver.execute("BEGIN; SELECT FROM board_heads FOR UPDATE")
        await f.world.does(f.ada, BoardEdit(board_id=f.board_id, title="Autumn"))
        # Which of them depends on whether the word of the end is read before or after the COMMIT is written.
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)) as ended:
            await driver.execute("COMMIT")
        assert lies_with_the_database(ended.value)
    await frozen.dispose()


async def test_who_makes_a_board_and_renames_themselves_at_once_holds_up_nobody(furnished: Furnished) -> None:
    f = furnished
    ada, new_board = Actor(f.ada), uuid4()
    outcomes = await outcomes_of(
        f.world.door,
        (ada, BoardCreate(board_id=new_board, title="Summer")),
        (ada, ProfileEdit(board_id=f.ada, name="Ada B.")),
        (ada, BoardEdit(board_id=new_board, title="Autumn")),
    )
    assert outcomes == ["done", "done", "done"]
    _, records = await f.world.records(f.ada, new_board)
    assert records["member", str(f.ada)]["name"] == "Ada B."
    assert records["board", str(new_board)]["title"] == "Autumn"


async def test_a_standby_that_does_not_write_is_no_fault_of_the_command(
    furnished: Furnished, database_url: str, redis: Redis
) -> None:
    f = furnished
    engine = create_engine(database_url)
    door = Door(engine, Announcer(redis))
    door.start()
    command = BoardEdit(board_id=f.board_id, title="Autumn")
    await _let_new_connections_write(f.world, can_write=False)
    assert await outcomes_of(door, (Actor(f.ada), command)) == ["unavailable"]
    await _let_new_connections_write(f.world, can_write=True)
    assert await outcomes_of(door, (Actor(f.ada), command)) == ["done"], "no connection to the standby was kept"
    await door.stop()
    await engine.dispose()


async def _let_new_connections_write(world: World, *, can_write: bool) -> None:
    async with world.engine.begin() as connection:
        await connection.execute(text("SET TRANSACTION READ WRITE"))
        name = await connection.scalar(text("SELECT current_database()"))
        setting = "off" if can_write else "on"
        await connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = {setting}'))


async def test_two_doors_on_the_same_boards_wait_for_each_other_and_try_nothing_twice(
    furnished: Furnished, engine: AsyncEngine, redis: Redis
) -> None:
    f = furnished
    boards = sorted([f.board_id, *[await f.world.board(f.ada) for _ in range(4)]])
    other = Door(engine, Announcer(redis))
    other.start()
    with capture_logs() as logs:
        for number in range(8):
            # Somebody holds the middle one until both doors stand in line with what they have got by then.
            async with f.world.engine.begin() as holder:
                await holder.execute(text("SELECT FROM board_heads WHERE board_id = :id FOR UPDATE"), {"id": boards[2]})
                working = [
                    asyncio.create_task(
                        outcomes_of(
                            door, *((Actor(f.ada), BoardEdit(board_id=each, title=str(number))) for each in order)
                        )
                    )
                    for door, order in ((f.world.door, boards), (other, boards[::-1]))
                ]
                while await holder.scalar(WAITING) < 2:
                    pass
            assert await asyncio.gather(*working) == [["done"] * 5] * 2
    await other.stop()
    assert not [entry for entry in logs if entry["event"] in {"transaction_retried", "transaction_split"}]


async def test_what_nobody_waits_for_any_more_is_not_done_and_does_not_close_the_door(furnished: Furnished) -> None:
    f = furnished
    before, _ = await f.world.records(f.ada, f.board_id)
    command = BoardEdit(board_id=f.board_id, title="Autumn")
    f.world.door.submit(Actor(f.ada), uuid4(), command).cancel()
    assert await outcomes_of(f.world.door, (Actor(f.ada), command)) == ["done"]
    after, _ = await f.world.records(f.ada, f.board_id)
    assert after == before + 1


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.DeadlockDetectedError(),
        asyncpg.AdminShutdownError(),
        asyncpg.CannotConnectNowError(),
        asyncpg.ConnectionDoesNotExistError(),
        asyncpg.UniqueViolationError(),
        asyncpg.ReadOnlySQLTransactionError(),
        asyncpg.UndefinedColumnError(),
        asyncpg.DiskFullError(),
        asyncpg.OutdatedSchemaCacheError("a column came"),
        asyncpg.InternalServerError(),
        ConnectionRefusedError(),
        TimeoutError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_is_no_fault_of_a_command_is_not_held_against_it(error: Exception) -> None:
    assert lies_with_the_database(error)


@pytest.mark.parametrize(
    "error",
    [asyncpg.CheckViolationError(), asyncpg.NumericValueOutOfRangeError(), ValueError(), ZeroDivisionError()],
    ids=lambda error: type(error).__name__,
)
def test_what_only_the_command_can_have_caused_is(error: Exception) -> None:
    assert not lies_with_the_database(error)


@pytest.mark.rule("R-48")
async def test_what_cannot_be_done_now_is_not_overtaken_by_what_its_author_did_later(
    furnished: Furnished, database_url: str, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    f = furnished
    elsewhere = await f.world.board(f.ada)
    monkeypatch.setattr("tracker.database.LOCK_TIMEOUT_MS", 10)
    monkeypatch.setattr("tracker.execute.RETRY_SECONDS", 0.01)
    impatient = create_engine(database_url)
    door = Door(impatient, Announcer(redis))
    door.start()
    async with f.world.engine.begin() as holder:
        await holder.execute(text("SELECT FROM board_heads WHERE board_id = :id FOR UPDATE"), {"id": f.board_id})
        first = door.submit(Actor(f.ada), uuid4(), BoardEdit(board_id=f.board_id, title="Autumn"))
        # By then the door has taken it.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        later = door.submit(Actor(f.ada), uuid4(), BoardEdit(board_id=f.board_id, title="Winter"))
        other = door.submit(Actor(f.ada), uuid4(), BoardEdit(board_id=elsewhere, title="Spring"))
        with pytest.raises(Refused):
            await first
        # Known at once: it did not take a try of its own.
        assert later.done()
        assert isinstance(later.exception(), Refused)
    assert not (await other).repeated
    await door.stop()
    await impatient.dispose()
