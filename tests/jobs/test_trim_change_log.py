"""The log is trimmed by age and by size, never below what it keeps anyway, and its floor says where it begins."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from jobs import trim_change_log as trimming
from jobs.trim_change_log import trim_change_log
from tests.tracker.world import World
from tracker.actor import Actor
from tracker.change_log import Head, read_heads
from tracker.commands.boards import BoardEdit
from tracker.schema import board_heads, change_log

YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trimming, "LOG_KEPT_AT_LEAST", 3)
    monkeypatch.setattr(trimming, "LOG_KEPT_AT_MOST", 12)
    monkeypatch.setattr(trimming, "BATCH", 4)


@pytest.fixture
async def board_id(world: World) -> UUID:
    """A board with twenty changes."""
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    await asyncio.gather(
        *(world.door.submit(Actor(ada), uuid4(), BoardEdit(board_id=board_id, title="x")) for _ in range(19))
    )
    return board_id


async def age(engine: AsyncEngine, board_id: UUID, upto: int, days: int) -> None:
    """Let the first changes have happened long ago."""
    async with engine.begin() as connection:
        old = (change_log.c.board_id == board_id) & (change_log.c.seq <= upto)
        await connection.execute(update(change_log).where(old).values(at=change_log.c.at - timedelta(days=days)))


async def now(engine: AsyncEngine) -> datetime:
    """The moment of the newest change."""
    async with engine.connect() as connection:
        newest = await connection.scalar(text("SELECT max(at) FROM change_log"))
    assert isinstance(newest, datetime)
    return newest.astimezone(UTC)


async def kept(engine: AsyncEngine, board_id: UUID) -> tuple[Head, list[int]]:
    async with engine.connect() as connection:
        head = (await read_heads(connection, [board_id]))[board_id]
        seqs = await connection.scalars(
            select(change_log.c.seq).where(change_log.c.board_id == board_id).order_by(change_log.c.seq)
        )
        return head, list(seqs)


@pytest.mark.parametrize(
    ("old", "floor"),
    [
        (0, 8),  # nothing is old, but twenty are more than twelve
        (5, 8),  # fewer are old than are too many
        (10, 10),
        (20, 17),  # the last three stay
    ],
)
async def test_what_is_old_or_too_much_goes_and_the_floor_says_so(
    engine: AsyncEngine, board_id: UUID, old: int, floor: int
) -> None:
    await age(engine, board_id, old, days=366)
    assert await trim_change_log(engine, await now(engine), YEAR) == floor
    head, seqs = await kept(engine, board_id)
    assert (head.floor, head.seq, seqs) == (floor, 20, list(range(floor + 1, 21)))
    assert await trim_change_log(engine, await now(engine), YEAR) == 0


async def test_a_board_whose_head_is_held_is_left_for_the_next_time(
    engine: AsyncEngine, board_id: UUID, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await world.board(await world.person("Bo"))
    async with engine.begin() as connection:
        await connection.execute(select(board_heads).where(board_heads.c.board_id == board_id).with_for_update())
        assert await trim_change_log(engine, await now(engine), YEAR) == 0
    assert (await kept(engine, other))[0].floor == 0
    assert await trim_change_log(engine, await now(engine), YEAR) == 8
