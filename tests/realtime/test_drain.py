"""Letting go: everybody is told to come back, nobody loses an answer, and not all go at once."""

import asyncio

import pytest

from realtime.close_codes import CloseCode
from tests.realtime.running_node import RunningNode
from tests.tracker.world import World


@pytest.mark.rule("R-9")
async def test_every_socket_is_told_to_come_back(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    arrival = await node.connect()
    devices = [await node.device(ada) for _ in range(10)]
    await node.node.drain(0.5)
    for device in (arrival, *devices):
        bye = await device.hears("bye")
        assert bye["code"] == CloseCode.RESTARTING
        assert 0 <= bye["reconnect_ms"] <= 1_000
        assert await device.closed() == CloseCode.RESTARTING


@pytest.mark.rule("R-9")
async def test_sockets_go_one_after_the_other(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    for _ in range(10):
        await node.device(ada)
    draining = asyncio.create_task(node.node.drain(0.5))
    counts = set()
    while not draining.done():
        counts.add(len(node.node.sessions.everyone()))
        await asyncio.sleep(0)
    assert len(counts) >= 8


@pytest.mark.rule("R-9")
async def test_commands_under_way_are_answered_first(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    device = await node.device(ada)
    sent = [await device.command("profile.edit", ada, name=f"Ada {n}") for n in range(30)]
    await device.hears("done", command_id=sent[0])
    await node.node.drain(0)
    await device.closed()
    answered = [message["command_id"] for message in device.seen if message["type"] == "done"]
    assert answered == sent[1 : len(answered) + 1]
    seq, _ = await world.records(ada, ada)
    assert len(answered) + 1 + 3 >= seq - 2


@pytest.mark.rule("R-7")
async def test_a_newcomer_is_told_to_come_back_elsewhere(node: RunningNode) -> None:
    await node.node.drain(0)
    device = await node.connect()
    assert (await device.hears("bye"))["code"] == CloseCode.RESTARTING
    assert await device.closed() == CloseCode.RESTARTING
    assert not node.node.sessions.arrivals
