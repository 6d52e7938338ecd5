"""What somebody who is signed in can do on a socket, and what a socket does not let them do."""

import asyncio
import gc
import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from realtime import session as sessions
from realtime.close_codes import CloseCode
from realtime.frame_protocol import MESSAGE_LIMIT, SKIP_LIMIT, FrameProtocol
from tests.realtime.conftest import StartNode
from tests.realtime.device import Device
from tests.realtime.eventually import eventually
from tests.realtime.raw_socket import RawSocket, masked
from tests.realtime.running_node import RunningNode, TestGate
from tests.realtime.wall_clock import WallClock
from tests.tracker.world import World
from tracker.commands.lists import ListCreate
from tracker.commands.members import MemberRemove


async def with_board(node: RunningNode, world: World) -> tuple[UUID, UUID, Device]:
    ada = await world.person("Ada")
    return ada, await world.board(ada), await node.device(ada)


def list_create(board_id: UUID, title: str = "Today") -> ListCreate:
    return ListCreate(board_id=board_id, list_id=uuid4(), title=title, position="a0")


# Watching


@pytest.mark.rule("R-11")
async def test_a_watch_from_a_position_replays_what_came_after_it(node: RunningNode, world: World) -> None:
    ada, board_id, device = await with_board(node, world)
    epoch = (await device.watch(board_id))["epoch"]
    await device.say("unwatch", board_id=board_id)
    await device.hears("unwatched", board_id=str(board_id))
    for _ in range(3):
        await world.does(ada, list_create(board_id))
    watching = await device.watch(board_id, epoch, 1)
    assert watching["seq"] == 1
    await device.has(board_id, 4)
    assert device.seqs(board_id) == [2, 3, 4]


@pytest.mark.rule("R-11")
async def test_nothing_comes_after_unwatch(node: RunningNode, world: World) -> None:
    ada, board_id, device = await with_board(node, world)
    await device.watch(board_id)
    await device.say("unwatch", board_id=board_id)
    await device.hears("unwatched")
    await world.does(ada, list_create(board_id))
    other = await node.device(ada)
    await other.watch(board_id, None, None)
    await world.does(ada, list_create(board_id))
    await other.has(board_id, 3)
    assert device.seqs(board_id) == []


@pytest.mark.parametrize("board", ["absent", "foreign"])
@pytest.mark.rule("R-24")
async def test_absent_and_foreign_boards_look_the_same(node: RunningNode, world: World, board: str) -> None:
    _, _, device = await with_board(node, world)
    stranger = await world.person("Bo")
    board_id = uuid4() if board == "absent" else await world.board(stranger)
    await device.say("watch", board_id=board_id, epoch=None, seq=None)
    assert await device.hears("resync") == {"type": "resync", "board_id": str(board_id), "reason": "not_found"}


@pytest.mark.rule("R-12")
async def test_positions_that_cannot_be_served_get_a_reason(node: RunningNode, world: World) -> None:
    _, board_id, device = await with_board(node, world)
    epoch = (await device.watch(board_id))["epoch"]
    await device.say("watch", board_id=board_id, epoch=uuid4(), seq=1)
    assert (await device.hears("resync"))["reason"] == "epoch"
    await device.say("watch", board_id=board_id, epoch=epoch, seq=99)
    assert (await device.hears("resync"))["reason"] == "ahead"


@pytest.mark.rule("R-21")
async def test_a_removed_member_gets_the_removal_and_nothing_after_it(node: RunningNode, world: World) -> None:
    ada, board_id, hers = await with_board(node, world)
    bo = await world.person("Bo")
    await world.joins(board_id, ada, bo, "editor")
    his = await node.device(bo)
    seq = (await his.watch(board_id))["seq"]
    await hers.watch(board_id)
    commands = (MemberRemove(board_id=board_id, member_id=bo), *(list_create(board_id) for _ in range(20)))
    await asyncio.gather(*(world.does(ada, command) for command in commands))
    await hers.has(board_id, seq + 21)
    assert (await his.hears("resync"))["reason"] == "not_found"
    assert his.seqs(board_id) == [seq + 1]
    await his.say("watch", board_id=board_id, epoch=None, seq=None)
    assert (await his.hears("resync"))["reason"] == "not_found"


async def test_a_socket_watches_so_many_boards_and_no_more(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "WATCHES_LIMIT", 1)
    ada, board_id, device = await with_board(node, world)
    await device.watch(board_id)
    await device.say("watch", board_id=ada, epoch=None, seq=None)
    assert (await device.hears("error"))["code"] == "too_many"


# Commands


@pytest.mark.rule("R-28")
async def test_a_command_on_a_board_that_is_not_watched_is_answered_done(node: RunningNode, world: World) -> None:
    _, board_id, device = await with_board(node, world)
    command_id = await device.command("board.edit", board_id, title="Autumn")
    assert await device.hears("done") == {
        "type": "done",
        "command_id": command_id,
        "board_id": str(board_id),
        "seq": 2,
    }


@pytest.mark.rule("R-25", "R-28")
async def test_a_repeat_is_answered_done_with_the_first_outcome(node: RunningNode, world: World) -> None:
    _, board_id, device = await with_board(node, world)
    await device.watch(board_id)
    command_id = uuid4()
    await device.command("board.edit", board_id, command_id, title="Autumn")
    await device.has(board_id, 2)
    await device.command("board.edit", board_id, command_id, title="Autumn")
    assert (await device.hears("done"))["seq"] == 2
    assert device.seqs(board_id) == [2]


@pytest.mark.rule("R-28")
async def test_a_refusal_reaches_its_author_alone(node: RunningNode, world: World) -> None:
    ada, board_id, device = await with_board(node, world)
    other = await node.device(ada)
    await device.watch(board_id)
    await other.watch(board_id)
    command_id = await device.command("task.complete", board_id, task_id=uuid4())
    refused = await device.hears("refused")
    assert (refused["command_id"], refused["code"]) == (command_id, "not_found")
    await device.command("board.edit", board_id, title="Autumn")
    await other.has(board_id, 2)
    assert [message["type"] for message in other.seen] == ["changes"]


@pytest.mark.rule("R-27")
async def test_commands_of_one_socket_are_done_in_their_order(node: RunningNode, world: World) -> None:
    _, board_id, device = await with_board(node, world)
    await device.watch(board_id)
    sent = [await device.command("board.edit", board_id, title=f"No. {n}") for n in range(200)]
    await device.has(board_id, 201)
    done = [change["command_id"] for m in device.seen if m["type"] == "changes" for change in m["changes"]]
    assert done == sent


@pytest.mark.rule("R-5")
async def test_an_expired_token_commands_nothing(start_node: StartNode, world: World, gate: TestGate) -> None:
    node = await start_node(clock=(clock := WallClock()))
    ada = await world.person("Ada")
    device = await node.device(ada, gate.token(ada, seconds=600))
    clock.put_forward(601)
    await device.command("board.edit", ada, title="Mine")
    assert await device.closed() == CloseCode.NOT_AUTHENTICATED


async def test_a_flood_is_refused_on_an_open_socket(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Few and slow, so that what the bucket gains while all of it is read makes no difference.
    monkeypatch.setattr("realtime.token_bucket.BURST", 100.0)
    monkeypatch.setattr("realtime.token_bucket.MESSAGES_PER_SECOND", 20.0)
    ada, board_id, _ = await with_board(node, world)
    raw = await RawSocket.connect(node.port)
    await raw.say("hello", protocol=1, token=node.gate.token(ada), client_id="c")
    unwatch = masked(json.dumps({"type": "unwatch", "board_id": str(board_id)}).encode())
    edit = {"type": "board.edit", "board_id": str(board_id), "title": "Autumn"}
    command = masked(json.dumps({"type": "command", "command_id": str(uuid4()), "command": edit}).encode())
    await raw.send(unwatch * 130 + command * 10 + unwatch * 200)
    assert (await raw.hears("error"))["code"] == "rate_limited"
    assert (await raw.hears("refused"))["code"] == "rate_limited"
    # The socket was left unread for a moment; what was sent meanwhile is still answered.
    await raw.hears("unwatched")
    raw.abort()


# The token


@pytest.mark.rule("R-5")
async def test_a_token_is_renewed_in_place(node: RunningNode, world: World, gate: TestGate) -> None:
    ada, board_id, device = await with_board(node, world)
    await device.watch(board_id)
    await device.say("authenticate", token=gate.token(ada, seconds=5_000))
    await device.hears("authenticated")
    await world.does(ada, list_create(board_id))
    await device.has(board_id, 2)


@pytest.mark.parametrize("whose", ["nobody", "another"])
@pytest.mark.rule("R-3")
async def test_a_renewal_with_a_wrong_token_closes(node: RunningNode, world: World, gate: TestGate, whose: str) -> None:
    _, _, device = await with_board(node, world)
    token = "nonsense" if whose == "nobody" else gate.token(await world.person("Bo"))
    await device.say("authenticate", token=token)
    assert (await device.hears("bye"))["code"] == CloseCode.NOT_AUTHENTICATED
    assert await device.closed() == CloseCode.NOT_AUTHENTICATED


async def test_a_gate_that_is_away_leaves_the_old_token_good(node: RunningNode, world: World, gate: TestGate) -> None:
    _, board_id, device = await with_board(node, world)
    gate.is_broken = True
    await device.say("authenticate", token="t")
    assert (await device.hears("error"))["code"] == "unavailable"
    await device.watch(board_id)


@pytest.mark.rule("R-23")
async def test_a_sign_in_that_ended_closes_its_sockets_on_every_node(
    start_node: StartNode, world: World, gate: TestGate
) -> None:
    ada = await world.person("Ada")
    here, there = await start_node(), await start_node()
    sign_in = uuid4()
    ended = await there.device(ada, gate.token(ada, sign_in=sign_in))
    other = await there.device(ada)
    await ended.watch(ada)
    await here.announcer.announce_ended_sessions([sign_in, uuid4()])
    assert await ended.closed() == CloseCode.NOT_AUTHENTICATED
    await other.watch(ada)


async def test_of_two_renewals_the_last_counts(node: RunningNode, world: World, gate: TestGate) -> None:
    ada, board_id, device = await with_board(node, world)
    await asyncio.gather(
        device.say("authenticate", token="nonsense"), device.say("authenticate", token=gate.token(ada))
    )
    await device.hears("authenticated")
    await device.watch(board_id)


# Bad input

NONSENSE = [
    "",
    " ",
    "{",
    "}",
    "null",
    "true",
    "17",
    "1e999",
    '"text"',
    "[]",
    "[1,2]",
    "NaN",
    "Infinity",
    "{}",
    '{"type":1}',
    '{"type":null}',
    '{"type":"hello"}',
    '{"type":"HELLO"}',
    '{"type":"command"}',
    '{"type":"watch"}',
    '{"type":"watch","board_id":1,"epoch":null,"seq":null}',
    '{"type":"watch","board_id":"*","epoch":null,"seq":null}',
    '{"type":"watch","board_id":"board:1","epoch":null,"seq":null}',
    '{"type":"unwatch"}',
    '{"type":"unwatch","board_id":["a","b"]}',
    '{"type":"presence"}',
    '{"type":"authenticate"}',
    '{"type":"authenticate","token":""}',
    '{"type":"authenticate","token":5}',
    '{"type":"changes","board_id":"x","changes":[]}',
    '{"type":"welcome"}',
    '{"type":"__proto__"}',
    '{"__proto__":{"type":"hello"}}',
    '{"constructor":{"prototype":{}}}',
    "[" * 30_000,
    '{"a":' * 10_000 + "1" + "}" * 10_000,
    json.dumps({f"key{n}": n for n in range(3_000)}),
    '{"type":"hello","type":"command"}',
    '{"type":"\\ud800"}',
    '{"type":"\\u0000"}',
    "\x00",
    "\ufeff{}",
    "{'type':'hello'}",
    '{"type":"hello",}',
    '{"type":"hello"} {"type":"hello"}',
    "-" * 60_000,
]
COMMANDS: list[dict[str, Any]] = [
    {},
    {"type": "task.create"},
    {"type": "nothing.such"},
    {"type": "task.complete", "board_id": "1", "task_id": "2"},
    {"type": "board.edit", "title": ""},
    {"type": "board.edit", "title": "x" * 501},
    {"type": "board.edit", "title": "a\0b"},
    {"type": "board.edit", "title": 5},
    {"type": "board.edit", "title": None},
    {"type": "board.edit", "title": ["a"]},
    {"type": "board.edit", "title": "a", "surprise": 1},
    {"type": "board.edit", "title": "a", "constructor": {}},
    {"type": "task.edit", "task_id": "00000000-0000-0000-0000-000000000001", "priority": 4},
    {"type": "task.edit", "task_id": "00000000-0000-0000-0000-000000000001", "priority": True},
    {"type": "task.edit", "task_id": "00000000-0000-0000-0000-000000000001", "due_on": "2026-02-30"},
    {"type": "task.edit", "task_id": "00000000-0000-0000-0000-000000000001", "due_on": 17},
]


@pytest.mark.rule("R-6")
async def test_nonsense_is_answered_and_the_socket_stays_open(start_node: StartNode, world: World) -> None:
    node = await start_node()
    _, board_id, device = await with_board(node, world)
    for text in NONSENSE:
        await device.socket.send(text)
        assert (await device.hears("error"))["code"] == "invalid", text[:60]
    await device.watch(board_id)


@pytest.mark.rule("R-6")
async def test_bad_commands_are_refused_by_their_id(node: RunningNode, world: World) -> None:
    ada, board_id, device = await with_board(node, world)
    for command in COMMANDS:
        command_id = str(uuid4())
        await device.say("command", command_id=command_id, command={"board_id": str(board_id), **command})
        assert (await device.hears("refused", command_id=command_id))["code"] == "invalid", command
    seq, _ = await world.records(ada, board_id)
    assert seq == 1


@pytest.mark.rule("R-6")
async def test_a_binary_message_is_answered(node: RunningNode, world: World) -> None:
    _, board_id, device = await with_board(node, world)
    await device.socket.send(b"{}")
    assert (await device.hears("error"))["code"] == "invalid"
    await device.watch(board_id)


@pytest.mark.rule("R-6")
async def test_a_message_of_64_kib_is_read_and_a_longer_one_answered(node: RunningNode, world: World) -> None:
    _, board_id, device = await with_board(node, world)
    start, end = f'{{"type":"unwatch","board_id":"{board_id}"', "}"
    await device.socket.send(start + " " * (MESSAGE_LIMIT - len(start) - 1) + end)
    await device.hears("unwatched")
    await device.socket.send(start + " " * MESSAGE_LIMIT + end)
    assert "65536" in (await device.hears("error"))["message"]
    await device.watch(board_id)


async def test_a_message_of_megabytes_closes_the_socket(node: RunningNode, world: World) -> None:
    _, _, device = await with_board(node, world)
    await device.socket.send("x" * (SKIP_LIMIT + 1))
    assert await device.closed() == CloseCode.TOO_LARGE


async def test_a_second_hello_is_answered(node: RunningNode, world: World) -> None:
    _, _, device = await with_board(node, world)
    await device.say("hello", protocol=1, token="t", client_id="c")
    assert (await device.hears("error"))["code"] == "invalid"


# The end


async def test_what_a_socket_was_made_of_is_freed_without_a_look_for_cycles(node: RunningNode, world: World) -> None:
    def alive() -> list[int]:
        kinds = list(map(type, gc.get_objects()))  # kinds, or the list itself would keep all that is in it alive
        return [kinds.count(sessions.Session), kinds.count(FrameProtocol)]

    ada = await world.person("Ada")
    board_id = await world.board(ada)
    gc.collect()
    gc.disable()
    try:
        before = alive()
        device = await node.device(ada)
        await device.watch(board_id)
        await device.command("board.edit", board_id, title="Spring")
        await device.has(board_id, 2)
        assert alive() == [count + 1 for count in before]
        await device.close()
        await eventually(lambda: alive() == before)
    finally:
        gc.enable()
