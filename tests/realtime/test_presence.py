"""Who is here now, on all nodes together."""

import asyncio
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

import pytest

from realtime import presence
from tests.realtime.conftest import StartNode
from tests.realtime.device import Device
from tests.realtime.running_node import RunningNode
from tests.tracker.world import World
from tracker import redis_link
from tracker.redis_link import RedisLink, Words


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "ROUND_SECONDS", 0.05)


async def test_people_of_two_nodes_see_each_other_come_and_go(start_node: StartNode, world: World) -> None:
    ada, bo = await world.person("Ada"), await world.person("Bo")
    board_id = await world.board(ada)
    await world.joins(board_id, ada, bo, "viewer")
    here, there = await start_node(), await start_node()
    hers, his = await here.device(ada), await there.device(bo)
    await hers.watch(board_id)
    await his.watch(board_id)
    task_id = uuid4()
    await hers.say("presence", board_id=board_id, state={"task_id": task_id})
    seen: list[dict[str, Any]] = [{"account_id": str(ada), "connections": 1, "task_ids": [str(task_id)]}]
    assert await his.hears("presence", people=seen)
    await his.say("presence", board_id=board_id, state={"task_id": None})
    both = sorted([*seen, {"account_id": str(bo), "connections": 1, "task_ids": []}], key=lambda p: p["account_id"])
    await hers.hears("presence", people=both)

    late = await there.device(ada)
    await late.watch(board_id)
    await late.hears("presence", people=both)
    await his.socket.close()
    await hers.hears("presence", people=seen)
    await late.hears("presence", people=seen)


async def phone_and_laptop(here: RunningNode, there: RunningNode, ada: UUID) -> tuple[Device, Device]:
    """Two devices of one person that watch one board, each at its node, and the first of them is seen there."""
    phone, laptop = await here.device(ada), await there.device(ada)
    await phone.watch(ada)
    await laptop.watch(ada)
    await phone.say("presence", board_id=ada, state={"task_id": None})
    await laptop.hears("presence", people=[{"account_id": str(ada), "connections": 1, "task_ids": []}])
    return phone, laptop


async def test_a_node_that_ends_takes_its_people_along(start_node: StartNode, world: World) -> None:
    ada = await world.person("Ada")
    here, there = await start_node(), await start_node()
    _, laptop = await phone_and_laptop(here, there, ada)
    await laptop.say("presence", board_id=ada, state={"task_id": None})
    await laptop.hears("presence", people=[{"account_id": str(ada), "connections": 2, "task_ids": []}])
    await here.node.stop()
    await laptop.hears("presence", people=[{"account_id": str(ada), "connections": 1, "task_ids": []}])


async def test_people_are_kept_alive_and_forgotten_with_the_board(
    node: RunningNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "REFRESH_SECONDS", 0.0)
    ada = await world.person("Ada")
    device = await node.device(ada)
    await device.watch(ada)
    await device.say("presence", board_id=ada, state={"task_id": None})
    await device.hears("presence")
    await device.say("unwatch", board_id=ada)
    await device.hears("unwatched")
    other = await node.device(ada)
    await other.watch(ada)
    await other.hears("presence", people=[])


async def test_a_node_that_ends_says_what_its_last_round_was_kept_from_saying(
    start_node: StartNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await world.person("Ada")
    here, there = await start_node(), await start_node()
    phone, laptop = await phone_and_laptop(here, there, ada)
    is_stuck = asyncio.Event()

    async def stuck_once(redis: RedisLink, commands: Iterable[tuple[str, Words]]) -> list[Any]:
        commands = list(commands)
        if not is_stuck.is_set() and any(words[0] == "HDEL" for _, words in commands):
            is_stuck.set()
            await asyncio.Event().wait()
        return await redis_link.execute(redis, commands)

    monkeypatch.setattr(presence, "execute", stuck_once)
    await phone.close()
    await is_stuck.wait()
    await here.node.stop()
    await laptop.hears("presence", people=[])


async def test_presence_on_a_board_that_is_not_watched_is_an_error(node: RunningNode, world: World) -> None:
    ada = await world.person("Ada")
    device = await node.device(ada)
    await device.say("presence", board_id=ada, state={"task_id": None})
    assert (await device.hears("error"))["code"] == "not_watching"
