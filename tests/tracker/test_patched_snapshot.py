"""A snapshot that was patched is the one that is read anew; where it might not be, there is none."""

import random
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.tracker.stories import STORIES, decoded
from tests.tracker.world import Furnished
from tracker import patched_snapshot, wire
from tracker.commands.boards import BoardEdit
from tracker.epoch import begin_new_epoch
from tracker.patched_snapshot import read_patched
from tracker.refusal import Refused
from tracker.snapshot import Snapshot, read_snapshot


async def anew(engine: AsyncEngine, board_id: UUID) -> Snapshot:
    snapshot = await read_snapshot(engine, board_id)
    assert snapshot is not None
    return snapshot


def contents(snapshot: Snapshot | None) -> tuple[UUID, int, str, list[bytes]]:
    """All of a snapshot but the order of its records, which nobody promises; twice the same would show."""
    assert snapshot is not None
    records = sorted(map(wire.encode, wire.decode(snapshot.records)))
    assert wire.decode(snapshot.encoded())["seq"] == snapshot.seq
    return snapshot.epoch, snapshot.seq, snapshot.at, records


async def renamed(f: Furnished, title: str) -> None:
    await f.world.does(f.ada, BoardEdit(board_id=f.board_id, title=title))


@pytest.mark.parametrize("seed", range(12))
async def test_after_any_commands_it_equals_the_one_that_is_read_anew(
    seed: int, furnished: Furnished, engine: AsyncEngine
) -> None:
    f, chance = furnished, random.Random(seed)
    boards = (f.board_id, f.ada, f.bo, f.cy)
    known = {board_id: await anew(engine, board_id) for board_id in boards}
    steps = [step for story in chance.sample(sorted(STORIES), len(STORIES)) for step in STORIES[story](f)]
    for step in steps:
        author = step.pop("_by", f.ada)
        with suppress(Refused):
            await f.world.does(author, decoded(f, step))
        for board_id in boards:
            if chance.random() < 0.3:
                patched = await read_patched(engine, known[board_id])
                assert contents(patched) == contents(await anew(engine, board_id)), step
                known[board_id] = patched or known[board_id]


async def test_what_did_not_move_is_not_read(furnished: Furnished, engine: AsyncEngine) -> None:
    f = furnished
    known = await anew(engine, f.board_id)
    await renamed(f, "Summer")
    async with engine.begin() as connection:  # unknown to the log, so that it shows what is read
        await connection.execute(text("UPDATE task SET title = 'Read' WHERE id = :id"), {"id": f.task_id})
    patched = await read_patched(engine, known)
    assert patched is not None
    titles = {record["id"]: record["title"] for record in wire.decode(patched.records) if "title" in record}
    assert (titles[str(f.board_id)], titles[str(f.task_id)]) == ("Summer", "Run 5 km")


async def lost(engine: AsyncEngine, board_id: UUID, seq: int) -> None:
    """The changes after `seq` are gone, as on a standby that lagged."""
    async with engine.begin() as connection:
        for statement in (
            "UPDATE board_heads SET seq = :seq WHERE board_id = :id",
            "DELETE FROM change_log WHERE board_id = :id AND seq > :seq",
        ):
            await connection.execute(text(statement), {"id": board_id, "seq": seq})


@pytest.mark.parametrize("changes", [1, 2])
async def test_a_log_that_went_back_is_not_followed(changes: int, furnished: Furnished, engine: AsyncEngine) -> None:
    known = await anew(engine, furnished.board_id)
    await lost(engine, furnished.board_id, known.seq - changes)
    assert await read_patched(engine, known) is None


async def test_a_log_that_went_back_and_grew_again_is_not_followed(furnished: Furnished, engine: AsyncEngine) -> None:
    await renamed(furnished, "Summer")
    known = await anew(engine, furnished.board_id)
    await lost(engine, furnished.board_id, known.seq - 1)
    await renamed(furnished, "Autumn")
    await renamed(furnished, "Winter")
    assert await read_patched(engine, known) is None


async def test_a_log_that_was_trimmed_beyond_it_is_not_followed(furnished: Furnished, engine: AsyncEngine) -> None:
    known = await anew(engine, furnished.board_id)
    await renamed(furnished, "Summer")
    await renamed(furnished, "Autumn")
    async with engine.begin() as connection:
        for statement in (
            "UPDATE board_heads SET floor = :seq WHERE board_id = :id",
            "DELETE FROM change_log WHERE board_id = :id AND seq <= :seq",
        ):
            await connection.execute(text(statement), {"id": furnished.board_id, "seq": known.seq + 1})
    assert await read_patched(engine, known) is None


async def test_a_log_with_a_hole_is_not_followed(furnished: Furnished, engine: AsyncEngine) -> None:
    known = await anew(engine, furnished.board_id)
    for title in ("Summer", "Autumn", "Winter"):
        await renamed(furnished, title)
    async with engine.begin() as connection:
        hole = {"id": furnished.board_id, "seq": known.seq + 2}
        await connection.execute(text("DELETE FROM change_log WHERE board_id = :id AND seq = :seq"), hole)
    assert await read_patched(engine, known) is None


async def test_another_life_of_the_log_is_not_followed(furnished: Furnished, engine: AsyncEngine) -> None:
    known = await anew(engine, furnished.board_id)
    await renamed(furnished, "Summer")
    async with engine.begin() as connection:
        await begin_new_epoch(connection)
    assert await read_patched(engine, known) is None


async def test_a_board_that_moved_far_is_read_anew(furnished: Furnished, engine: AsyncEngine) -> None:
    known = await anew(engine, furnished.board_id)
    for number in range(patched_snapshot.PATCHED_CHANGES):
        await renamed(furnished, f"{number}")
    assert contents(await read_patched(engine, known)) == contents(await anew(engine, furnished.board_id))
    await renamed(furnished, "One more")
    assert await read_patched(engine, known) is None


async def test_of_a_board_that_is_not_there_or_not_known_there_is_none(
    furnished: Furnished, engine: AsyncEngine
) -> None:
    known = await anew(engine, furnished.board_id)
    elsewhere = Snapshot(uuid4(), known.epoch, known.seq, known.at, known.records)
    nonsense = Snapshot(known.board_id, known.epoch, known.seq, known.at, b"null")
    assert await read_patched(engine, elsewhere) is None
    assert await read_patched(engine, nonsense) is None
