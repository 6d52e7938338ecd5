"""A reader that does not read costs nobody else anything, and goes on where it was."""

import socket
from uuid import UUID, uuid4

import pytest

from realtime import heartbeat, metrics
from realtime.catch_up import CHUNK_BYTES
from realtime.close_codes import CloseCode
from realtime.frame_protocol import HIGH_WATER, FrameProtocol
from realtime.session import Session
from realtime.sessions import SLOTS
from tests.realtime.eventually import eventually
from tests.realtime.raw_socket import RawSocket
from tests.realtime.running_node import RunningNode
from tests.tracker.world import World
from tracker.actor import Actor
from tracker.commands.boards import BoardEdit
from tracker.commands.goals import GoalCreate

BIG = "x" * 19_000


async def stopped_reader(node: RunningNode, board_id: UUID, account_id: UUID) -> RawSocket:
    """A socket that watches and reads nothing from now on."""
    raw = await RawSocket.connect(node.port, receive_buffer=4_096)
    await raw.say("hello", protocol=1, token=node.gate.token(account_id), client_id="c")
    await raw.say("watch", board_id=board_id, epoch=None, seq=None)
    await raw.hears("watching")
    return raw


def beat_once_for_all(node: RunningNode) -> None:
    for _ in range(SLOTS):
        node.node.heartbeat.beat()


def slow_session(node: RunningNode) -> Session:
    return next(session for session in node.node.sessions.everyone() if session.clogged_at is not None)


def waiting_bytes(session: Session) -> int:
    """What lies in this process for a socket."""
    assert isinstance(session.link, FrameProtocol)
    return session.link.transport.get_write_buffer_size()


async def fill(node: RunningNode, world: World, ada: UUID, board_id: UUID) -> int:
    """Change the board until the reader counts as slow; returns the last seq."""
    seq = 1
    while not any(session.clogged_at for session in node.node.sessions.everyone()):
        for _ in range(20):
            done = await world.does(
                ada, GoalCreate(board_id=board_id, goal_id=uuid4(), title="x", position="a0", why=BIG)
            )
            seq = done.seq
        assert seq < 900
    return seq


@pytest.mark.rule("R-17", "R-18")
async def test_a_slow_reader_disturbs_nobody_and_gets_everything_in_the_end(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    slow = await stopped_reader(node, board_id, ada)
    quick = await node.device(ada)
    await quick.watch(board_id)
    seq = await fill(node, world, ada, board_id)
    for _ in range(100):
        world.door.submit(Actor(ada), uuid4(), BoardEdit(board_id=board_id, title="Autumn"))
    seq += 100
    await quick.has(board_id, seq)
    assert quick.seqs(board_id) == list(range(2, seq + 1))
    assert slow_session(node).link.is_clogged
    assert node.node.hub.boards[board_id].behind

    assert waiting_bytes(slow_session(node)) <= HIGH_WATER + CHUNK_BYTES, "nothing is queued for who does not read"

    heard: list[int] = []
    titles = 0
    while not heard or heard[-1] < seq:
        for change in (await slow.hears("changes"))["changes"]:
            heard.append(change["seq"])
            titles += sum(put["type"] == "board" for put in change["put"])
    assert heard == list(range(2, seq + 1))
    assert titles < 20, "of a record that changed a hundred times, its newest state"
    await eventually(lambda: not node.node.hub.boards[board_id].behind)
    await world.does(ada, BoardEdit(board_id=board_id, title="Live again"))
    assert [change["seq"] for change in (await slow.hears("changes"))["changes"]] == [seq + 1]
    slow.abort()


@pytest.mark.rule("R-17")
async def test_who_clogs_by_what_they_were_behind_with_is_not_read_either(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    slow = await stopped_reader(node, board_id, ada)
    (session,) = node.node.sessions.everyone()
    link = session.link
    assert isinstance(link, FrameProtocol)
    # The kernel keeps little, and the gap lies in the ring, so that it is served at once.
    link.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8_192)
    after_draining: list[tuple[bool, bool]] = []
    drained = session.drained

    def and_note() -> None:
        drained()
        after_draining.append((link.is_clogged, link.is_held))

    monkeypatch.setattr(Session, "drained", lambda _: and_note())
    seq = 1
    for number in range(24):
        goal = GoalCreate(board_id=board_id, goal_id=uuid4(), title=str(number), position="a0", why=BIG)
        seq = (await world.does(ada, goal)).seq
    await eventually(lambda: session.clogged_at is not None)
    while (await slow.hears("changes"))["changes"][-1]["seq"] < seq:
        pass
    await eventually(lambda: not link.is_clogged)
    slow.abort()
    assert set(after_draining) == {(True, True), (False, False)}


@pytest.mark.rule("R-12", "R-17")
async def test_a_slow_reader_far_behind_is_sent_to_the_snapshot(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    slow = await stopped_reader(node, board_id, ada)
    await fill(node, world, ada, board_id)
    quick = await node.device(ada)
    seq = (await quick.watch(board_id))["seq"] + 1_100
    for _ in range(1_100):
        world.door.submit(Actor(ada), uuid4(), BoardEdit(board_id=board_id, title="Autumn"))
    await quick.has(board_id, seq)
    assert (await slow.hears("resync"))["reason"] == "lagging"
    slow.abort()


@pytest.mark.rule("R-17")
async def test_a_reader_too_slow_for_too_long_is_closed(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    slow = await stopped_reader(node, board_id, ada)
    await fill(node, world, ada, board_id)
    assert metrics.lagging_sessions._value.get() == 1
    monkeypatch.setattr(heartbeat, "CLOGGED_SECONDS", 0.0)
    beat_once_for_all(node)
    assert await slow.close_code() == CloseCode.TOO_SLOW
    assert metrics.lagging_sessions._value.get() == 0


@pytest.mark.rule("R-17")
async def test_a_reader_that_watches_nothing_gets_nothing_while_it_is_slow_and_is_closed_too(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await node.node.heartbeat.stop()
    device = await node.device(await world.person("Ada"))
    (session,) = node.node.sessions.everyone()
    beat_once_for_all(node)
    await eventually(lambda: not session.link.silent)
    session.clogged()
    beat_once_for_all(node)
    assert not session.link.silent, "it was not asked"
    session.drained()
    beat_once_for_all(node)
    assert session.link.silent
    session.clogged()
    monkeypatch.setattr(heartbeat, "CLOGGED_SECONDS", 0.0)
    beat_once_for_all(node)
    assert await device.closed() == CloseCode.TOO_SLOW
