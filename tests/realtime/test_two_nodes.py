"""Changes cross from node to node, and everybody gets each of them once and in order."""

from uuid import UUID, uuid4

import pytest

from realtime import node as node_module
from tests.realtime.conftest import StartNode
from tests.realtime.device import Device
from tests.realtime.eventually import eventually
from tests.realtime.running_node import RunningNode
from tests.tracker.world import World
from tracker.announcements import parse_announcement


async def two_screens(
    start_node: StartNode, account_id: UUID, board_id: UUID
) -> tuple[RunningNode, Device, Device, int]:
    """Two devices that watch a board from this seq, each on a node of its own, and the node of the first."""
    here, there = await start_node(), await start_node()
    laptop, phone = await here.device(account_id), await there.device(account_id)
    seq: int = (await laptop.watch(board_id))["seq"]
    await phone.watch(board_id)
    return here, laptop, phone, seq


@pytest.mark.rule("R-10")
async def test_a_change_made_on_one_node_is_heard_on_the_other(start_node: StartNode, world: World) -> None:
    board_id = await world.board(ada := await world.person("Ada"))
    _, laptop, phone, seq = await two_screens(start_node, ada, board_id)
    command_id = await laptop.command("list.create", board_id, list_id=uuid4(), title="Today", position="a0")

    await laptop.has(board_id, seq + 1)
    await phone.has(board_id, seq + 1)
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
    board_id = await world.board(ada := await world.person("Ada"))
    here, laptop, phone, seq = await two_screens(start_node, ada, board_id)
    await laptop.command("list.create", board_id, list_id=uuid4(), title="Today", position="a0")
    await phone.has(board_id, seq + 1)
    await eventually(lambda: not here.node._echoes._expected)
    assert len(looked_into) == 1
