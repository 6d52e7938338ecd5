import gzip
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from backports import zstd

from http_api.routes import boards
from tests.http_api.node import Browser, Node, error_code
from tracker.access import Standing, standing


async def with_list(browser: Browser) -> tuple[str, str]:
    """A new board with a list on it."""
    board_id, list_id = await browser.new_board(), str(uuid4())
    response = await browser.command("list.create", board_id=board_id, list_id=list_id, title="Now", position="a0")
    assert response.json() == {"status": "done", "board_id": board_id, "seq": 2, "repeated": False}
    return board_id, list_id


async def test_my_boards_are_listed_with_my_role_and_where_they_stand(ada: Browser) -> None:
    board_id = await ada.new_board("Marathon")
    personal, shared = (await ada.get("/boards")).json()["boards"]
    assert personal["kind"] == "personal"
    assert (shared["board_id"], shared["title"], shared["role"]) == (board_id, "Marathon", "owner")
    assert shared.keys() == {"board_id", "kind", "title", "role", "epoch", "seq", "deleted_at"}


async def test_a_snapshot_holds_every_record_at_one_seq(ada: Browser) -> None:
    board_id, list_id = await with_list(ada)
    response = await ada.get(f"/boards/{board_id}/snapshot")
    answer = response.json()
    assert (answer["board_id"], answer["seq"]) == (board_id, 2)
    assert {(record["type"], record["id"]) for record in answer["records"]} == {
        ("board", board_id),
        ("member", str(ada.account_id)),
        ("list", list_id),
    }
    assert response.headers["etag"] == f'"{answer["epoch"]}-2"'


async def test_a_snapshot_that_the_client_has_is_not_sent_again(ada: Browser) -> None:
    board_id, _ = await with_list(ada)
    etag = (await ada.get(f"/boards/{board_id}/snapshot")).headers["etag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}'):
        response = await ada.get(f"/boards/{board_id}/snapshot", headers={"If-None-Match": known})
        assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", etag)
    await ada.command("board.edit", board_id=board_id, title="Half marathon")
    response = await ada.get(f"/boards/{board_id}/snapshot", headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert response.headers["etag"] != etag


@pytest.mark.parametrize(
    ("offer", "encoding", "unpack"),
    [
        ("br, gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br, zstd", "zstd", zstd.decompress),
        ("zstd;q=0, GZIP;q=0.5", "gzip", gzip.decompress),
    ],
)
async def test_big_answers_are_compressed_for_those_who_take_it(
    ada: Browser, offer: str, encoding: str, unpack: Callable[[bytes], bytes]
) -> None:
    board_id, list_id = await with_list(ada)
    for n in range(10):
        fields = {"task_id": str(uuid4()), "list_id": list_id, "title": f"Task {n}", "position": f"a{n}"}
        assert (await ada.command("task.create", board_id=board_id, **fields)).status_code == 200
    path = f"/api/boards/{board_id}/snapshot"
    headers = {"Authorization": f"Bearer {ada.token}"}
    plain = await ada.client.get(path, headers=headers | {"Accept-Encoding": "identity, gzip;q=0"})
    assert "content-encoding" not in plain.headers
    async with ada.client.stream("GET", path, headers=headers | {"Accept-Encoding": offer}) as response:
        body = b"".join([chunk async for chunk in response.aiter_raw()])
    assert response.headers["content-encoding"] == encoding
    assert response.headers["vary"] == "Accept-Encoding"
    assert unpack(body) == plain.content
    assert len(body) < len(plain.content) / 2


async def test_the_log_is_read_in_pages(ada: Browser) -> None:
    board_id, list_id = await with_list(ada)
    for title in ("Soon", "Later"):
        await ada.command("list.edit", board_id=board_id, list_id=list_id, title=title)
    first = (await ada.get(f"/boards/{board_id}/changes?limit=3")).json()
    assert (first["board_id"], first["seq"]) == (board_id, 4)
    assert [change["seq"] for change in first["changes"]] == [1, 2, 3]
    rest = (await ada.get(f"/boards/{board_id}/changes?after=3")).json()
    [change] = rest["changes"]
    assert change["put"] == [{"type": "list", "id": list_id, "title": "Later"}]
    assert change["by"] == str(ada.account_id)
    assert (await ada.get(f"/boards/{board_id}/changes?after=4")).json()["changes"] == []


async def test_the_changes_of_one_record_are_its_activity(ada: Browser) -> None:
    board_id, list_id = await with_list(ada)
    await ada.command("board.edit", board_id=board_id, title="Half marathon")
    answer = (await ada.get(f"/boards/{board_id}/changes?record_id={list_id}")).json()
    assert [change["seq"] for change in answer["changes"]] == [2]


async def test_a_seq_above_the_head_is_told(ada: Browser) -> None:
    board_id, _ = await with_list(ada)
    response = await ada.get(f"/boards/{board_id}/changes?after=3")
    assert (response.status_code, error_code(response)) == (409, "ahead")


@pytest.mark.rule("R-12")
async def test_a_log_that_no_longer_reaches_back_is_gone(node: Node, ada: Browser) -> None:
    board_id, list_id = await with_list(ada)
    await node.sql("UPDATE board_heads SET floor = 1 WHERE board_id = :b", b=board_id)
    await node.sql("DELETE FROM change_log WHERE board_id = :b AND seq <= 1", b=board_id)
    response = await ada.get(f"/boards/{board_id}/changes?after=0")
    assert (response.status_code, error_code(response)) == (410, "trimmed")
    assert len((await ada.get(f"/boards/{board_id}/changes?after=1")).json()["changes"]) == 1
    activity = await ada.get(f"/boards/{board_id}/changes?record_id={list_id}")
    assert len(activity.json()["changes"]) == 1


async def test_a_log_that_is_trimmed_while_it_is_read_gives_no_page_with_a_hole(
    node: Node, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    board_id, _ = await with_list(ada)

    async def trimmed_behind(*asked: Any) -> Standing | None:
        found = await standing(*asked)
        await node.sql("UPDATE board_heads SET floor = 1 WHERE board_id = :b", b=board_id)
        await node.sql("DELETE FROM change_log WHERE board_id = :b AND seq <= 1", b=board_id)
        return found

    monkeypatch.setattr(boards, "standing", trimmed_behind)
    page = (await ada.get(f"/boards/{board_id}/changes?after=0")).json()
    assert [change["seq"] for change in page["changes"]] == [1, 2]


@pytest.mark.parametrize("what", ["snapshot", "changes"])
@pytest.mark.rule("R-24")
async def test_a_foreign_board_and_an_absent_one_look_the_same(ada: Browser, bo: Browser, what: str) -> None:
    board_id = await ada.new_board()
    foreign = await bo.get(f"/boards/{board_id}/{what}")
    absent = await bo.get(f"/boards/{uuid4()}/{what}")
    assert (foreign.status_code, foreign.json()) == (404, absent.json())
    assert error_code(foreign) == "not_found"
    etag = (await ada.get(f"/boards/{board_id}/snapshot")).headers["etag"]
    assert (await bo.get(f"/boards/{board_id}/{what}", headers={"If-None-Match": etag})).status_code == 404


@pytest.mark.rule("R-21")
async def test_whoever_was_removed_reads_nothing_more(ada: Browser, bo: Browser) -> None:
    board_id, invitation_id, token = await ada.new_board(), str(uuid4()), "t" * 22
    await ada.command("invitation.create", board_id=board_id, invitation_id=invitation_id, role="editor", token=token)
    await bo.command("invitation.accept", board_id=board_id, invitation_id=invitation_id, token=token)
    assert (await bo.get(f"/boards/{board_id}/snapshot")).status_code == 200
    await ada.command("member.remove", board_id=board_id, member_id=str(bo.account_id))
    assert (await bo.get(f"/boards/{board_id}/snapshot")).status_code == 404
    assert (await bo.get(f"/boards/{board_id}/changes")).status_code == 404
    assert board_id not in (await bo.get("/boards")).text


async def test_reading_takes_a_session(node: Node, ada: Browser) -> None:
    board_id = await ada.new_board()
    for path in ("/boards", f"/boards/{board_id}/snapshot", f"/boards/{board_id}/changes", "/sessions", "/account"):
        response = await node.browser().get(path)
        assert (response.status_code, error_code(response)) == (401, "not_authenticated")
