import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api import compression, shared_snapshots, snapshots
from http_api.shared_snapshots import SharedSnapshots
from http_api.snapshots import Snapshots
from tests.http_api.node import Browser
from tests.tracker.world import TOKEN
from tracker import wire
from tracker.redis_link import connect
from tracker.snapshot import Snapshot, read_snapshot

WHOLE = "CROSS JOIN"
"""What only the question for all records of a board has in it."""

MOVED = "WITH logged"
"""What only the question for those that moved has in it."""


@contextmanager
def counted(fragment: str) -> Iterator[list[str]]:
    """The questions with this fragment that go straight to PostgreSQL's driver meanwhile."""
    seen: list[str] = []

    def watched(ask: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        def look(connection: asyncpg.Connection, statement: str, *arguments: Any, **options: Any) -> Awaitable[Any]:
            if fragment in statement:
                seen.append(statement)
            return ask(connection, statement, *arguments, **options)

        return look

    with pytest.MonkeyPatch.context() as patch:
        for name in ("fetch", "fetchrow"):
            patch.setattr(asyncpg.Connection, name, watched(getattr(asyncpg.Connection, name)))
        yield seen


def title_in(answer: dict[str, Any]) -> str:
    (board,) = [record for record in answer["records"] if record["type"] == "board"]
    return str(board["title"])


async def title_seen(kept: snapshots.KeptSnapshot | None) -> str:
    assert kept is not None
    return title_in(wire.decode(await kept.answer.plain()))


async def test_all_who_ask_at_once_share_one_reading(ada: Browser) -> None:
    board_id = await ada.new_board("Marathon")
    with counted("row_to_json") as readings, counted("unnest") as looks:
        answers = await asyncio.gather(*(ada.get(f"/boards/{board_id}/snapshot") for _ in range(50)))
    assert {answer.json()["seq"] for answer in answers} == {1}
    assert len(readings) == 1
    assert 0 < len(looks) < 50, "rights are asked together, too"


async def test_a_board_that_stands_still_is_read_once(ada: Browser) -> None:
    board_id = await ada.new_board("Marathon")
    await ada.get(f"/boards/{board_id}/snapshot")
    with counted("row_to_json") as readings:
        await ada.get(f"/boards/{board_id}/snapshot")
        assert not readings
        await ada.command("board.edit", board_id=board_id, title="Half marathon")
        answer = (await ada.get(f"/boards/{board_id}/snapshot")).json()
    assert answer["seq"] == 2
    assert len(readings) == 1


async def test_of_a_board_that_moved_on_only_what_moved_is_read(ada: Browser) -> None:
    board_id = await ada.new_board("Marathon")
    await ada.get(f"/boards/{board_id}/snapshot")
    await ada.command("board.edit", board_id=board_id, title="Half marathon")
    with counted(MOVED) as patches, counted(WHOLE) as readings:
        answer = (await ada.get(f"/boards/{board_id}/snapshot")).json()
    assert (answer["seq"], title_in(answer)) == (2, "Half marathon")
    assert (len(patches), len(readings)) == (1, 0)


async def test_of_a_board_that_moved_far_all_is_read(ada: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    board_id = await ada.new_board("Marathon")
    await ada.get(f"/boards/{board_id}/snapshot")
    monkeypatch.setattr(snapshots, "PATCHED_CHANGES", 1)
    for title in ("Half marathon", "Ten kilometres"):
        await ada.command("board.edit", board_id=board_id, title=title)
    with counted(MOVED) as patches, counted(WHOLE) as readings:
        answer = (await ada.get(f"/boards/{board_id}/snapshot")).json()
    assert (answer["seq"], title_in(answer)) == (3, "Ten kilometres")
    assert (len(patches), len(readings)) == (0, 1)


async def test_an_answer_is_never_older_than_its_question(
    ada: Browser, engine: AsyncEngine, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    board_id = UUID(await ada.new_board("Marathon"))
    has_read, may_answer = asyncio.Event(), asyncio.Event()

    async def read_and_linger(engine: AsyncEngine, board_id: UUID) -> Snapshot | None:
        found = await read_snapshot(engine, board_id)
        has_read.set()
        await may_answer.wait()
        return found

    monkeypatch.setattr(snapshots, "read_snapshot", read_and_linger)
    kept_ones = Snapshots(engine, SharedSnapshots(redis))

    async def asking() -> asyncio.Task[snapshots.KeptSnapshot | None]:
        mine = await kept_ones.standing(ada.account_id, board_id)
        assert mine is not None
        task = asyncio.create_task(kept_ones.snapshot(ada.account_id, mine, board_id))
        await asyncio.sleep(0)  # lets it begin
        return task

    before = await asking()
    await has_read.wait()
    await ada.command("board.edit", board_id=str(board_id), title="Half marathon")
    after = await asking()
    may_answer.set()
    assert [await title_seen(await task) for task in (before, after)] == ["Marathon", "Half marathon"]


async def test_who_was_removed_meanwhile_sees_nothing_of_what_came_after(
    ada: Browser, bo: Browser, engine: AsyncEngine, redis: Redis
) -> None:
    board_id = UUID(await ada.new_board("Marathon"))
    link = {"board_id": str(board_id), "invitation_id": str(uuid4()), "token": TOKEN}
    await ada.command("invitation.create", role="editor", **link)
    await bo.command("invitation.accept", **link)
    kept_ones = Snapshots(engine, SharedSnapshots(redis))
    seen_as_member = await kept_ones.standing(bo.account_id, board_id)
    assert seen_as_member is not None
    await ada.command("member.remove", board_id=str(board_id), member_id=str(bo.account_id))
    assert await kept_ones.snapshot(bo.account_id, seen_as_member, board_id) is None


async def test_who_was_removed_sees_nothing_of_what_is_kept_and_brought_up_to_date(
    ada: Browser, bo: Browser, engine: AsyncEngine, redis: Redis
) -> None:
    board_id = UUID(await ada.new_board("Marathon"))
    link = {"board_id": str(board_id), "invitation_id": str(uuid4()), "token": TOKEN}
    await ada.command("invitation.create", role="editor", **link)
    await bo.command("invitation.accept", **link)
    kept_ones = Snapshots(engine, SharedSnapshots(redis))
    first = await kept_ones.standing(bo.account_id, board_id)
    assert first is not None
    assert await kept_ones.snapshot(bo.account_id, first, board_id) is not None
    await ada.command("board.edit", board_id=str(board_id), title="Half marathon")
    seen_as_member = await kept_ones.standing(bo.account_id, board_id)
    assert seen_as_member is not None
    await ada.command("member.remove", board_id=str(board_id), member_id=str(bo.account_id))
    with counted(MOVED) as patches:
        assert await kept_ones.snapshot(bo.account_id, seen_as_member, board_id) is None
    assert len(patches) == 1


async def test_boards_that_wait_to_be_brought_up_to_date_stay_packed(
    ada: Browser, engine: AsyncEngine, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = Snapshots(engine, SharedSnapshots(redis))
    boards = [UUID(await ada.new_board(f"Board {number}")) for number in range(3 * snapshots.READINGS_AT_ONCE)]

    async def opened(board_id: UUID) -> snapshots.KeptSnapshot | None:
        mine = await node.standing(ada.account_id, board_id)
        assert mine is not None
        return await node.snapshot(ada.account_id, mine, board_id)

    for board_id in boards:
        await opened(board_id)
        await ada.command("board.edit", board_id=str(board_id), title="Moved on")
    unpacked, most = 0, 0
    plain, of = compression.PackedJson.plain, snapshots.KeptSnapshot.of

    async def unpacks(packed: compression.PackedJson) -> bytes:
        nonlocal unpacked, most
        unpacked += 1
        most = max(most, unpacked)
        return await plain(packed)

    async def packs(snapshot: Snapshot) -> snapshots.KeptSnapshot:
        nonlocal unpacked
        unpacked -= 1
        return await of(snapshot)

    monkeypatch.setattr(compression.PackedJson, "plain", unpacks)
    monkeypatch.setattr(snapshots.KeptSnapshot, "of", packs)
    kept = await asyncio.gather(*map(opened, boards))
    assert most == snapshots.READINGS_AT_ONCE
    monkeypatch.undo()
    assert [await title_seen(one) for one in kept] == ["Moved on"] * len(boards)


async def test_what_is_kept_stays_within_its_room(
    ada: Browser, engine: AsyncEngine, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    boards = [UUID(await ada.new_board(f"Board {n}")) for n in range(3)]
    kept_ones = Snapshots(engine, SharedSnapshots(redis))
    mine = {board_id: await kept_ones.standing(ada.account_id, board_id) for board_id in boards}

    async def ask(board_id: UUID) -> snapshots.KeptSnapshot:
        standing = mine[board_id]
        assert standing is not None
        kept = await kept_ones.snapshot(ada.account_id, standing, board_id)
        assert kept is not None
        return kept

    first = await ask(boards[0])
    monkeypatch.setattr(snapshots, "KEPT_BYTES", first.answer.size * 2 + first.answer.size // 2)
    second = await ask(boards[1])
    assert await ask(boards[0]) is first
    await ask(boards[2])
    assert await ask(boards[0]) is first
    assert await ask(boards[1]) is not second, "the one that was not asked for the longest makes room"


@pytest.fixture
def _small_boards_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "SMALLEST_BYTES", 0)
    monkeypatch.setattr(shared_snapshots, "SMALLEST_BYTES", 0)


async def asked(
    browser: Browser, engine: AsyncEngine, redis: Redis, board_id: UUID
) -> tuple[snapshots.KeptSnapshot | None, int]:
    """What a node that was just started says of the board, and how often it read it from PostgreSQL."""
    node = Snapshots(engine, SharedSnapshots(redis))
    mine = await node.standing(browser.account_id, board_id)
    assert mine is not None
    with counted("row_to_json") as readings:
        kept = await node.snapshot(browser.account_id, mine, board_id)
    return kept, len(readings)


async def shared_value(redis: Redis) -> tuple[bytes, bytes]:
    """The one board that nodes share, which may be written a moment after it was answered."""
    async with asyncio.timeout(10):
        while not (keys := await redis.keys("snapshot:*")):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
    value = await redis.get(keys[0])
    key = keys[0]
    assert isinstance(key, bytes)
    assert isinstance(value, bytes)
    return key, value


@pytest.mark.usefixtures("_small_boards_are_shared")
async def test_what_one_node_has_read_another_does_not_read_again(
    ada: Browser, engine: AsyncEngine, redis: Redis, redis_url: str
) -> None:
    board_id = UUID(await ada.new_board("Marathon"))
    assert (await asked(ada, engine, redis, board_id))[1] == 1
    key, _ = await shared_value(redis)
    kept, readings = await asked(ada, engine, redis, board_id)
    assert (await title_seen(kept), readings) == ("Marathon", 0)
    assert 0 < await redis.ttl(key) <= shared_snapshots.KEPT_SECONDS


@pytest.mark.usefixtures("_small_boards_are_shared")
async def test_what_is_shared_is_brought_to_where_the_board_stands(
    ada: Browser, engine: AsyncEngine, redis: Redis, redis_url: str
) -> None:
    board_id = UUID(await ada.new_board("Marathon"))
    await asked(ada, engine, redis, board_id)
    await shared_value(redis)
    await ada.command("board.edit", board_id=str(board_id), title="Half marathon")
    with counted(WHOLE) as whole:
        kept, readings = await asked(ada, engine, redis, board_id)
    assert (await title_seen(kept), readings) == ("Half marathon", 1)
    assert not whole


@pytest.mark.usefixtures("_small_boards_are_shared")
async def test_what_a_release_with_other_fields_shares_is_left_to_it(
    ada: Browser, engine: AsyncEngine, redis: Redis, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board_id = UUID(await ada.new_board("Marathon"))
    with monkeypatch.context() as earlier:
        earlier.setattr(shared_snapshots, "FORM", "of the last release")
        await asked(ada, engine, redis, board_id)
        await shared_value(redis)
    await ada.command("board.edit", board_id=str(board_id), title="Half marathon")
    with counted(WHOLE) as whole:
        await asked(ada, engine, redis, board_id)
    assert len(whole) == 1


@pytest.mark.usefixtures("_small_boards_are_shared")
@pytest.mark.parametrize("harm", ["cut off", "nonsense", "no board", "another life", "no position"])
async def test_what_is_shared_and_broken_is_read_again(
    ada: Browser, engine: AsyncEngine, redis: Redis, redis_url: str, harm: str
) -> None:
    board_id = UUID(await ada.new_board("Marathon"))
    await asked(ada, engine, redis, board_id)
    key, value = await shared_value(redis)
    position, _, packed = value.partition(b"\n")
    broken = {
        "cut off": value[:-5],
        "nonsense": position + b"\n" + b"x" * 100,
        "no board": position + b"\n" + compression.pack_zstd(b"null"),
        "another life": b"%b %b\n%b" % (str(uuid4()).encode(), position.partition(b" ")[2], packed),
        "no position": packed,
    }
    await redis.set(key, broken[harm])
    kept, readings = await asked(ada, engine, redis, board_id)
    assert (await title_seen(kept), readings) == ("Marathon", 1)


@pytest.mark.usefixtures("_small_boards_are_shared")
async def test_without_redis_boards_are_read_as_before(ada: Browser, engine: AsyncEngine) -> None:
    board_id = UUID(await ada.new_board("Marathon"))
    async with connect("redis://127.0.0.1:1/0") as nowhere:
        kept, readings = await asked(ada, engine, nowhere, board_id)
    assert (await title_seen(kept), readings) == ("Marathon", 1)


@pytest.mark.usefixtures("_small_boards_are_shared")
async def test_what_is_shared_opens_nothing_to_those_who_were_removed(
    ada: Browser, bo: Browser, engine: AsyncEngine, redis: Redis, redis_url: str
) -> None:
    board_id = UUID(await ada.new_board("Marathon"))
    link = {"board_id": str(board_id), "invitation_id": str(uuid4()), "token": TOKEN}
    await ada.command("invitation.create", role="editor", **link)
    await bo.command("invitation.accept", **link)
    node = Snapshots(engine, SharedSnapshots(redis))
    seen_as_member = await node.standing(bo.account_id, board_id)
    assert seen_as_member is not None
    await ada.command("member.remove", board_id=str(board_id), member_id=str(bo.account_id))
    await asked(ada, engine, redis, board_id)
    await shared_value(redis)
    assert await node.snapshot(bo.account_id, seen_as_member, board_id) is None


@pytest.mark.rule("R-19")
async def test_what_was_kept_of_a_log_that_went_back_is_not_given_any_more(ada: Browser, engine: AsyncEngine) -> None:
    board_id = await ada.new_board("Marathon")
    await ada.command("board.edit", board_id=board_id, title="Half marathon")
    kept = (await ada.get(f"/boards/{board_id}/snapshot")).json()
    async with engine.begin() as connection:  # as a standby that lagged has it
        for lost in (
            "UPDATE board_heads SET seq = 1 WHERE board_id = :id",
            "DELETE FROM change_log WHERE board_id = :id AND seq > 1",
            "UPDATE board SET title = 'Marathon' WHERE id = :id",
        ):
            await connection.execute(text(lost), {"id": board_id})
    answer = (await ada.get(f"/boards/{board_id}/snapshot")).json()
    (title,) = [record["title"] for record in answer["records"] if record["type"] == "board"]
    assert (answer["seq"], title) == (1, "Marathon")
    assert answer["epoch"] != kept["epoch"]
    again = (await ada.get(f"/boards/{board_id}/snapshot")).json()
    assert (again["epoch"], again["seq"]) == (answer["epoch"], 1)
