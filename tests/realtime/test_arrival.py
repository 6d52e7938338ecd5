"""The first seconds of a socket: who may open one, and what it has to say."""

import asyncio
import json

import asyncpg
import pytest
from structlog.testing import capture_logs
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from realtime import admission, arrival
from realtime.close_codes import CloseCode
from tests.realtime.conftest import StartNode
from tests.realtime.eventually import eventually
from tests.realtime.running_node import ORIGIN, RunningNode, TestGate
from tests.tracker.world import World
from tracker.identity import Identity


@pytest.mark.rule("R-1")
async def test_a_hello_is_welcomed(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    device = await node.connect(origin=ORIGIN)
    welcome = await device.hello(node.gate.token(ada))
    assert welcome["account_id"] == str(ada)
    assert welcome["heartbeat_seconds"] == 15
    assert welcome["expires_at"].endswith("Z")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://lockstep.example"])
@pytest.mark.rule("R-2")
async def test_a_foreign_page_gets_403_before_the_handshake(node: RunningNode, origin: Origin) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        await connect(node.url, origin=origin)
    assert refusal.value.response.status_code == 403
    assert json.loads(refusal.value.response.body)["error"]["code"] == "foreign_origin"


@pytest.mark.rule("R-2")
async def test_a_cookie_without_an_origin_gets_403(node: RunningNode) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        await connect(node.url, additional_headers={"Cookie": "a=b"})
    assert refusal.value.response.status_code == 403


@pytest.mark.parametrize(
    "first",
    [
        {"type": "unwatch", "board_id": "00000000-0000-0000-0000-000000000001"},
        {"type": "hello"},
        {"type": "hello", "protocol": 1, "token": "x" * 5_000, "client_id": "c"},
        {"type": "hello", "protocol": 1, "token": "x" * 70_000, "client_id": "c"},
        {"type": "hello", "protocol": 1, "token": "x" * 2_000_000, "client_id": "c"},
        "nonsense",
        b"binary",
    ],
)
@pytest.mark.rule("R-1")
async def test_anything_but_a_hello_is_misuse(node: RunningNode, first: object) -> None:
    device = await node.connect()
    await device.socket.send(first if isinstance(first, bytes) else json.dumps(first))
    assert (await device.hears("error"))["code"] == "invalid"
    assert (await device.hears("bye"))["code"] == CloseCode.MISUSE
    assert await device.closed() == CloseCode.MISUSE


@pytest.mark.rule("R-4")
async def test_an_unknown_protocol_version_has_to_reload(node: RunningNode) -> None:
    device = await node.connect()
    await device.say("hello", protocol=2, token="t", client_id="c")
    assert await device.closed() == CloseCode.UNKNOWN_PROTOCOL


@pytest.mark.rule("R-3")
async def test_a_bad_token_is_told_so(node: RunningNode) -> None:
    device = await node.connect()
    await device.say("hello", protocol=1, token="of somebody else", client_id="c")
    assert await device.closed() == CloseCode.NOT_AUTHENTICATED


@pytest.mark.parametrize(
    "trouble", [ConnectionError(), asyncpg.AdminShutdownError("bye"), asyncpg.InterfaceError("connection is closed")]
)
async def test_a_gate_that_cannot_answer_sends_the_client_away_for_a_moment(
    node: RunningNode, gate: TestGate, trouble: Exception
) -> None:
    gate.is_broken, gate.trouble = True, trouble
    device = await node.connect()
    with capture_logs() as logs:
        await device.say("hello", protocol=1, token="t", client_id="c")
        assert await device.closed() == CloseCode.RESTARTING
    assert [(line["event"], line["log_level"]) for line in logs] == [("gate_away", "warning")]


@pytest.mark.rule("R-1")
async def test_silence_is_closed(start_node: StartNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival, "HELLO_SECONDS", 0.1)
    node = await start_node()
    device = await node.connect()
    assert await device.closed() == CloseCode.NO_HELLO


async def test_who_said_hello_is_not_told_that_none_came_when_the_gate_is_silent(
    start_node: StartNode, gate: TestGate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def says_nothing(_: str) -> Identity:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(arrival, "HELLO_SECONDS", 0.1)
    monkeypatch.setattr(gate, "authenticate", says_nothing)
    node = await start_node()
    device = await node.connect()
    await device.say("hello", protocol=1, token="t", client_id="c")
    assert await device.closed() == CloseCode.RESTARTING


async def test_what_is_said_right_after_the_hello_is_kept_in_order(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    device = await node.connect()
    hello = {"type": "hello", "protocol": 1, "token": node.gate.token(ada), "client_id": "c"}
    watch = {"type": "watch", "board_id": str(ada), "epoch": None, "seq": None}
    await asyncio.gather(*(device.socket.send(json.dumps(message)) for message in (hello, watch)))
    await device.hears("watching")


async def test_a_socket_that_leaves_before_it_is_known_leaves_nothing(start_node: StartNode, world: World) -> None:
    node = await start_node()
    device = await node.connect()
    sessions = node.node.sessions
    assert len(sessions.arrivals) == 1
    await device.socket.close()
    await device.closed()
    await eventually(lambda: not sessions.arrivals)


@pytest.mark.rule("R-7")
async def test_the_21st_socket_without_a_hello_is_told_to_come_back(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "PATIENCE_SECONDS", 0.1)
    ada = await world.person("Ada")
    waiting = [await node.connect() for _ in range(20)]
    too_many = await node.connect()
    bye = await too_many.hears("bye")
    assert (bye["code"], bye["reconnect_ms"] >= 0) == (CloseCode.TOO_MANY, True)
    assert await too_many.closed() == CloseCode.TOO_MANY
    await waiting[0].hello(node.gate.token(ada))
    await node.connect()


async def test_a_crowd_from_one_address_is_let_in_one_after_the_other(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")

    async def arrives() -> None:
        device = await node.connect()
        await device.hello(node.gate.token(ada))

    await asyncio.gather(*(arrives() for _ in range(100)))
    assert len(node.node.sessions.everyone()) == 100


async def test_who_gives_up_waiting_leaves_the_place_to_the_next() -> None:
    door = admission.Admission()
    for _ in range(admission.ARRIVALS_PER_ADDRESS):
        assert await door.enter("a")
    impatient, patient = (asyncio.create_task(door.enter("a")) for _ in range(2))
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    door.leave("a")
    assert await patient
    unlucky = asyncio.create_task(door.enter("a"))
    await asyncio.sleep(0)
    door.leave("a")
    unlucky.cancel()
    await asyncio.gather(unlucky, return_exceptions=True)
    assert await door.enter("a"), "the place that was given to somebody who had just gone is free again"


async def test_a_line_that_is_too_long_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "WAITING_PER_ADDRESS", 0)
    door = admission.Admission()
    for _ in range(admission.ARRIVALS_PER_ADDRESS):
        assert await door.enter("a")
    assert not await door.enter("a")
    assert await door.enter("b")


@pytest.mark.rule("R-7")
async def test_one_account_has_so_many_sockets_and_no_more(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime.sessions.SOCKETS_OF_ACCOUNT", 2)
    ada, bo = await world.person("Ada"), await world.person("Bo")
    first, _ = await node.device(ada), await node.device(ada)
    third = await node.connect()
    await third.say("hello", protocol=1, token=node.gate.token(ada), client_id="c")
    assert (await third.hears("bye"))["code"] == CloseCode.TOO_MANY
    assert await third.closed() == CloseCode.TOO_MANY
    await node.device(bo)
    await first.close()
    await eventually(lambda: node.node.sessions.has_room_for(ada))
    await node.device(ada)
