"""The demo: two people, a shared board with some weeks of life on it, made once."""

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.accounts import account_by_email
from http_api.passwords import Passwords
from lockstep.demo.content import BOARD_TITLE, COMMENTS, PEOPLE
from lockstep.demo.seed import PASSWORD, seed_demo
from tracker import wire
from tracker.announcements import Announcer
from tracker.snapshot import boards_of, read_snapshot


async def test_the_demo_is_made_once_and_full_of_life(engine: AsyncEngine, redis: Redis) -> None:
    assert await seed_demo(engine, Announcer(redis))
    assert not await seed_demo(engine, Announcer(redis))

    async with engine.connect() as connection:
        ada, bo = [await account_by_email(connection, email) for _, email in PEOPLE.values()]
    assert ada is not None
    assert bo is not None
    assert await Passwords().matches(PASSWORD, bo.password_hash)
    boards = {board.title: board for board in await boards_of(engine, bo.id)}
    assert set(boards) == {"Personal", BOARD_TITLE}
    snapshot = await read_snapshot(engine, boards[BOARD_TITLE].board_id)
    assert snapshot is not None
    records = wire.decode(snapshot.records)
    counts = {kind: [r["type"] for r in records].count(kind) for kind in ("task", "goal", "key_result", "check_in")}
    assert counts["task"] >= 40
    assert counts["goal"] == 3
    assert counts["key_result"] >= 6
    assert counts["check_in"] >= 30
    created = [record["created_at"] for record in records if record["type"] == "task"]
    assert max(created) > min(created), "the past has more than one day"
    comments = {record["created_at"]: record["text"] for record in records if record["type"] == "comment"}
    assert [comments[at] for at in sorted(comments)] == [text for _, _, text in COMMENTS], "answers come after"
