"""What one timer does for all sockets, beat by beat."""

import pytest

from lockstep.embedded.valkey import EmbeddedValkey
from realtime import head_check, served_boards
from realtime.close_codes import CloseCode
from tests.realtime.conftest import StartNode
from tests.realtime.eventually import eventually
from tests.realtime.raw_socket import RawSocket, masked
from tests.realtime.running_node import RunningNode, TestGate
from tests.realtime.wall_clock import WallClock
from tests.tracker.world import World
from tracker.identity import Identity

ROUND = 15
PING = (0x89, b"")
PONG = 0x8A


def beat_once_for_all(node: RunningNode) -> None:
    for _ in range(ROUND):
        node.node.heartbeat.beat()


@pytest.mark.rule("R-20")
async def test_heads_of_watched_boards_come_with_each_beat(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    device = await node.device(ada)
    await device.watch(board_id)
    await device.watch(ada)
    beat_once_for_all(node)
    heads = (await device.hears("heads"))["heads"]
    assert heads == {str(board_id): 1, str(ada): (await world.records(ada, ada))[0]}


@pytest.mark.rule("R-20")
async def test_a_board_that_is_watched_after_a_beat_is_in_the_next(node: RunningNode, world: World) -> None:
    await node.node.heartbeat.stop()
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    device = await node.device(ada)
    beat_once_for_all(node)
    await device.watch(board_id)
    beat_once_for_all(node)
    assert (await device.hears("heads"))["heads"] == {str(board_id): 1}


@pytest.mark.rule("R-20")
async def test_a_board_that_is_watched_no_more_is_in_no_beat(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    device = await node.device(ada)
    await device.watch(board_id)
    await device.watch(ada)
    beat_once_for_all(node)
    await device.hears("heads")
    await device.say("unwatch", board_id=ada)
    await device.hears("unwatched")
    beat_once_for_all(node)
    assert (await device.hears("heads"))["heads"] == {str(board_id): 1}


@pytest.mark.rule("R-5")
async def test_an_expired_token_is_closed_by_the_next_beat(start_node: StartNode, world: World, gate: TestGate) -> None:
    node = await start_node(clock=(clock := WallClock()))
    ada = await world.person("Ada")
    device = await node.device(ada, gate.token(ada, seconds=600))
    clock.put_forward(601)
    beat_once_for_all(node)
    assert await device.closed() == CloseCode.NOT_AUTHENTICATED


async def test_a_renewed_token_keeps_the_socket_open(start_node: StartNode, world: World, gate: TestGate) -> None:
    node = await start_node(clock=(clock := WallClock()))
    ada = await world.person("Ada")
    device = await node.device(ada, gate.token(ada, seconds=600))
    await device.say("authenticate", token=gate.token(ada, seconds=1_200))
    await device.hears("authenticated")
    clock.put_forward(601)
    beat_once_for_all(node)
    await device.watch(ada)


@pytest.mark.rule("R-8")
async def test_whoever_answers_pings_stays_and_whoever_does_not_is_let_go(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    mute = await RawSocket.connect(node.port)
    await mute.say("hello", protocol=1, token=node.gate.token(ada), client_id="c")
    await mute.hears("welcome")
    present = await node.device(ada)
    await node.node.heartbeat.stop()
    for _ in range(2):  # asked, and not answered
        await eventually(lambda: len(node.node.sessions.everyone()) == 2)
        beat_once_for_all(node)
        await present.watch(ada)
    await eventually(lambda: len(node.node.sessions.everyone()) == 1)
    assert (await mute.frame()) == PING
    mute.abort()


async def watching(node: RunningNode, world: World) -> RawSocket:
    """Somebody who answers no ping by themselves."""
    ada = await world.person("Ada")
    raw = await RawSocket.connect(node.port)
    await raw.say("hello", protocol=1, token=node.gate.token(ada), client_id="c")
    await raw.hears("welcome")
    await raw.say("watch", board_id=str(ada), epoch=None, seq=None)
    await raw.hears("watching")
    await node.node.heartbeat.stop()
    return raw


@pytest.mark.rule("R-8")
async def test_every_second_beat_asks_and_the_one_after_it_lets_the_silent_go(node: RunningNode, world: World) -> None:
    raw = await watching(node, world)
    (session,) = node.node.sessions.everyone()
    for _ in range(3):
        beat_once_for_all(node)
        await raw.hears("heads")
        assert await raw.frame() == PING
        await raw.send(masked(b"", PONG))
        await eventually(lambda: not session.link.silent)
        beat_once_for_all(node)
        await raw.hears("heads")
    beat_once_for_all(node)
    await raw.hears("heads")
    assert await raw.frame() == PING
    assert node.node.sessions.everyone()
    beat_once_for_all(node)
    await eventually(lambda: not node.node.sessions.everyone())
    raw.abort()


@pytest.mark.rule("R-8")
async def test_whoever_was_not_read_is_not_silent(node: RunningNode, world: World) -> None:
    raw = await watching(node, world)
    (session,) = node.node.sessions.everyone()
    session.link.hold_reading()
    beat_once_for_all(node)
    await raw.hears("heads")
    await raw.send(masked(b"", PONG))
    session.link.resume_reading()
    beat_once_for_all(node)
    await raw.frame()
    await raw.hears("heads")
    raw.abort()


@pytest.mark.rule("R-8")
async def test_a_renewal_leaves_time_for_the_answer(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = await watching(node, world)
    (session,) = node.node.sessions.everyone()
    authenticate = node.gate.authenticate

    async def asked_meanwhile(token: str) -> Identity:
        beat_once_for_all(node)
        return await authenticate(token)

    monkeypatch.setattr(node.gate, "authenticate", asked_meanwhile)
    await raw.say("authenticate", token=node.gate.token(session.account_id))
    await raw.hears("authenticated")
    beat_once_for_all(node)
    assert node.node.sessions.everyone() == [session]
    await raw.hears("heads")
    raw.abort()


@pytest.mark.rule("R-8")
async def test_a_pong_counts_as_a_word(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    raw = await RawSocket.connect(node.port)
    await raw.say("hello", protocol=1, token=node.gate.token(ada), client_id="c")
    await raw.hears("welcome")
    await node.node.heartbeat.stop()
    (session,) = node.node.sessions.everyone()
    beat_once_for_all(node)
    assert await raw.frame() == PING
    await raw.send(masked(b"", PONG))
    await eventually(lambda: not session.link.silent)
    beat_once_for_all(node)
    # Who follows no board would hear nothing else.
    assert await raw.frame() == PING
    raw.abort()


async def test_a_board_that_nobody_watches_is_let_go(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await world.person("Ada")
    device = await node.device(ada)
    await device.watch(ada)
    monkeypatch.setattr(served_boards, "QUIET_SECONDS", 0.0)
    node.node.boards.close_quiet()
    assert ada in node.node.hub.boards
    await device.say("unwatch", board_id=ada)
    await device.hears("unwatched")
    node.node.boards.close_quiet()
    assert ada not in node.node.hub.boards
    await device.watch(ada)


@pytest.mark.rule("R-47")
@pytest.mark.parametrize("unheard", [(), ("redis",), ("postgres",), ("redis", "postgres")])
async def test_a_node_that_hears_neither_postgres_nor_redis_lets_its_sockets_go(
    start_node: StartNode,
    world: World,
    valkey: EmbeddedValkey,
    monkeypatch: pytest.MonkeyPatch,
    unheard: tuple[str, ...],
) -> None:
    node = await start_node(redis_url=valkey.url)
    ada = await world.person("Ada")
    device = await node.device(ada)
    await device.watch(ada)
    await eventually(lambda: not node.node.is_deaf)
    if "redis" in unheard:
        valkey.stop()
        await eventually(lambda: node.node.is_deaf)
    if "postgres" in unheard:
        monkeypatch.setattr(head_check, "BLIND_SECONDS", -1.0)
    beat_once_for_all(node)
    if len(unheard) < 2:
        await device.hears("heads")
    else:
        assert await device.closed() == CloseCode.RESTARTING
