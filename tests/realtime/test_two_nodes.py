"""Changes cross from node to node, and everybody gets each of them once and in order."""

from uuid import uuid4

import pytest

from realtime import node as node_module
from tests.realtime.conftest import StartNode
from tests.realtime.eventually import eventually
from tests.tracker.world import World
from tracker.announcements import parse_announcement


@pytest.mark.rule("R-10")
async def test_a_change_made_on_one_node_is_heard_on_the_other(start_node: StartNode, world: World) -> None:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    here, there = await start_node(), await start_node()
    laptop, phone = await here.device(ada), await there.device(ada)
    begun = await laptop.watch(board_id)
    await phone.watch(board_id)

    command_id = await laptop.command("list.create", board_id, list_id=uuid4(), title="Today", position="a0")

    await laptop.has(board_id, begun["seq"] + 1)
    await phone.has(board_id, begun["seq"] + 1)
    change = (await phone.hears("changes"))["changes"][0]
    assert change["command_id"] == command_id
    assert change["put"][0]["title"] == "Today"


async def test_a_node_looks_into_what_another_announced_and_not_into_its_own_words(
    start_node: StartNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_into: list[bytes] = []

    def look_into(payload: bytes) -> object:
        looked_into.append(payload)
        return parse_announcement(payload)

    monkeypatch.setattr(node_module, "parse_announcement", look_into)
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    here, there = await start_node(), await start_node()
    laptop, phone = await here.device(ada), await there.device(ada)
    begun = await laptop.watch(board_id)
    await phone.watch(board_id)
    await laptop.command("list.create", board_id, list_id=uuid4(), title="Today", position="a0")
    await phone.has(board_id, begun["seq"] + 1)
    await eventually(lambda: not here.node._echoes._expected)
    assert len(looked_into) == 1
