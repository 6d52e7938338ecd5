"""What nobody thought of happens. Nothing that others rely on ends in silence, and nobody waits for ever."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from realtime import probe as probes
from realtime.close_codes import CloseCode
from realtime.log_reader import LogReader
from realtime.probe import Probe
from realtime.slot import Slot
from tests.realtime.conftest import StartNode
from tests.realtime.eventually import eventually
from tests.realtime.running_node import RunningNode
from tests.realtime.test_catch_up import Shelf
from tests.tracker.world import World
from tracker.commands.boards import BoardEdit


class Unforeseen(Exception):
    """Something that no code here expects."""


def fails_once(does: Callable[..., Any]) -> Callable[..., Any]:
    """The same, but for the first time."""
    has_failed = False

    def stands_in(*args: Any, **options: Any) -> Any:
        nonlocal has_failed
        if not has_failed:
            has_failed = True
            raise Unforeseen
        return does(*args, **options)

    return stands_in


async def test_the_head_check_goes_on(
    start_node: StartNode, mute_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = await start_node(head_check_seconds=0.05)
    ada = await mute_world.person("Ada")
    board_id = await mute_world.board(ada)
    device = await node.device(ada)
    await device.watch(board_id)
    monkeypatch.setattr(LogReader, "moved", fails_once(LogReader.moved))
    await mute_world.does(ada, BoardEdit(board_id=board_id, title="x"))
    await device.has(board_id, 2)


async def test_the_heart_beats_on(start_node: StartNode, monkeypatch: pytest.MonkeyPatch) -> None:
    node = await start_node()
    beaten = asyncio.Event()
    monkeypatch.setattr(node.node.heartbeat, "beat", fails_once(beaten.set))
    async with asyncio.timeout(10):
        await beaten.wait()


async def test_a_socket_that_breaks_a_beat_is_not_in_the_way_of_the_next(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await world.person("Ada")
    devices = [await node.device(ada) for _ in range(2)]
    for device in devices:
        await device.watch(ada)
    heartbeat = node.node.heartbeat
    monkeypatch.setattr(Slot, "settle", fails_once(Slot.settle))
    failures = 0
    for _ in range(15):
        try:
            heartbeat.beat()
        except Unforeseen:
            failures += 1
    assert failures == 1
    await eventually(lambda: any(message["type"] == "heads" for device in devices for message in device.seen))


class Mouth:
    """Says what it is told to, but for the first time."""

    def __init__(self) -> None:
        self.said = 0
        self.tell = fails_once(self._say)

    def _say(self, channel: str, payload: bytes) -> None:
        self.said += 1

    async def renew(self) -> None: ...


class Ear:
    is_deaf = False

    def renew(self) -> None: ...


async def test_the_probe_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "PERIOD_SECONDS", 0.01)
    mouth = Mouth()
    probe = Probe(uuid4(), mouth, Ear(), lambda: None)
    probe.start()
    await eventually(lambda: mouth.said > 0)
    await probe.stop()


async def test_a_session_whose_log_cannot_be_understood_takes_a_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    monkeypatch.setattr(shelf.truth, "after", fails_once(shelf.truth.after))
    shelf.client.watch(str(shelf.truth.epoch), 1)
    await shelf.let_it_read()
    assert shelf.client.resyncs == ["lagging"]


async def test_a_watch_that_cannot_be_answered_closes_the_socket(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await world.person("Ada")
    device = await node.device(ada)
    monkeypatch.setattr(LogReader, "standing", fails_once(LogReader.standing))
    await device.say("watch", board_id=ada, epoch=None, seq=None)
    assert await device.closed() == CloseCode.RESTARTING
    again = await node.device(ada)
    await again.watch(ada)
