"""Thousands of changes at once, as of an import, are few frames, and hold up nobody else."""

import asyncio
from uuid import uuid4

import pytest

from tests.realtime.running_node import RunningNode
from tests.tracker.world import World
from tracker.actor import Actor
from tracker.commands.boards import BoardEdit

MANY = 2_000


@pytest.mark.rule("R-10")
async def test_thousands_of_changes_are_few_frames(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    device = await node.device(ada)
    await device.watch(board_id)
    orders = [world.door.submit(Actor(ada), uuid4(), BoardEdit(board_id=board_id, title="x")) for _ in range(MANY)]
    await asyncio.gather(*orders)
    await device.has(board_id, MANY + 1)
    frames = [message for message in device.seen if message["type"] == "changes"]
    assert device.seqs(board_id) == list(range(2, MANY + 2))
    assert len(frames) <= MANY / 50
