"""Reading PostgreSQL through its bad moments."""

import asyncio
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from realtime.log_reader import LogReader
from tests.tracker.world import World
from tracker.database import create_engine


async def test_connections_that_postgresql_ended_are_replaced_unnoticed(
    engine: AsyncEngine, database_url: str, world: World
) -> None:
    ada = await world.person("Ada")
    own_engine = create_engine(database_url, pool_size=2)
    reader = LogReader(own_engine)
    async with own_engine.connect() as connection:
        pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    async with engine.connect() as other:
        await other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    page = await reader.newest(ada)
    assert page is not None
    assert page.head.seq == page.changes[-1].seq
    await own_engine.dispose()


async def test_absent_boards_have_no_page(engine: AsyncEngine) -> None:
    reader = LogReader(engine)
    assert await reader.newest(uuid4()) is None
    assert await reader.after(uuid4(), 0, 10) is None


async def test_of_all_heads_only_those_that_moved_are_read(engine: AsyncEngine, world: World) -> None:
    ada = await world.person("Ada")
    reader = LogReader(engine)
    boards = [await world.board(ada) for _ in range(4)]
    heads = {}
    for board_id in boards:
        page = await reader.newest(board_id)
        assert page is not None
        heads[board_id] = page.head
    still, ahead, behind, other_life = boards
    nowhere = uuid4()
    known = {
        still: (heads[still].epoch, heads[still].seq),
        ahead: (heads[ahead].epoch, heads[ahead].seq - 1),
        behind: (heads[behind].epoch, heads[behind].seq + 1),
        other_life: (uuid4(), heads[other_life].seq),
        nowhere: (uuid4(), 1),
    }
    assert await reader.moved(known) == {
        ahead: heads[ahead],
        behind: heads[behind],
        other_life: heads[other_life],
        nowhere: None,
    }


async def test_few_queries_run_at_once(database_url: str, world: World) -> None:
    ada = await world.person("Ada")
    own_engine = create_engine(database_url, pool_size=2)
    reader = LogReader(own_engine)
    standings = await asyncio.gather(*(reader.standing(ada, ada) for _ in range(100)))
    assert {standing.role for standing in standings if standing is not None} == {"owner"}
    assert own_engine.pool.checkedout() == 0  # type: ignore[attr-defined] # the pool in use counts
    await own_engine.dispose()
