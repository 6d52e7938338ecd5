"""What devices say of how far they have each board is kept, if it can be true."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from realtime import receipts as receiving
from tests.realtime.conftest import StartNode
from tests.realtime.device import Device
from tests.realtime.running_node import RunningNode, TestGate
from tests.tracker.world import World
from tracker.schema import device_positions


async def kept(node: RunningNode, engine: AsyncEngine, device: Device) -> dict[tuple[UUID, UUID], int]:
    """What is written down of all that was said until now, by device and board."""
    await device.say("unwatch", board_id=uuid4())
    await device.hears("unwatched")  # a socket is answered in order
    await node.node.receipts.keep()
    return await written(engine)


async def written(engine: AsyncEngine) -> dict[tuple[UUID, UUID], int]:
    async with engine.connect() as connection:
        rows = await connection.execute(select(device_positions))
        return {(row.session_id, row.board_id): row.seq for row in rows}


def position(board_id: UUID, epoch: object, seq: int) -> dict[str, Any]:
    return {"board_id": str(board_id), "epoch": str(epoch), "seq": seq}


async def epoch_of(engine: AsyncEngine, board_id: UUID) -> UUID:
    async with engine.connect() as connection:
        query = text("SELECT epoch FROM board_heads WHERE board_id = :board_id")
        epoch: UUID = (await connection.execute(query, {"board_id": board_id})).scalar_one()
        return epoch


async def test_each_device_has_its_own_position_on_each_board(
    node: RunningNode, world: World, gate: TestGate, engine: AsyncEngine
) -> None:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    epoch = await epoch_of(engine, board_id)
    phone, laptop = uuid4(), uuid4()
    for sign_in, seq in ((phone, 0), (laptop, 1)):
        device = await node.device(ada, gate.token(ada, sign_in=sign_in))
        await device.say("confirmed", boards=[position(board_id, epoch, seq)])
        await kept(node, engine, device)
    assert await written(engine) == {(phone, board_id): 0, (laptop, board_id): 1}


@pytest.mark.rule("R-41")
async def test_what_cannot_be_is_not_believed(
    node: RunningNode, world: World, gate: TestGate, engine: AsyncEngine
) -> None:
    ada, bo = await world.person("Ada"), await world.person("Bo")
    mine, theirs = await world.board(ada), await world.board(bo)
    sign_in = uuid4()
    device = await node.device(ada, gate.token(ada, sign_in=sign_in))
    wrong = [
        position(theirs, await epoch_of(engine, theirs), 1),
        position(uuid4(), uuid4(), 1),
        position(await world.board(ada), uuid4(), 1),
        position(ada, await epoch_of(engine, ada), 999),
    ]
    await device.say("confirmed", boards=wrong)
    await device.say("confirmed", boards=[position(mine, await epoch_of(engine, mine), 1)])
    assert await kept(node, engine, device) == {(sign_in, mine): 1}


@pytest.mark.rule("R-41")
async def test_a_position_never_goes_back(world: World, node: RunningNode, gate: TestGate, engine: AsyncEngine) -> None:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    epoch = await epoch_of(engine, board_id)
    sign_in = uuid4()
    device = await node.device(ada, gate.token(ada, sign_in=sign_in))
    await device.say("confirmed", boards=[position(board_id, epoch, 1)])
    assert await kept(node, engine, device) == {(sign_in, board_id): 1}
    # A second tab of the same browser that is behind.
    await device.say("confirmed", boards=[position(board_id, epoch, 0), position(ada, await epoch_of(engine, ada), 1)])
    assert await kept(node, engine, device) == {(sign_in, board_id): 1, (sign_in, ada): 1}


@pytest.mark.parametrize(
    "boards",
    [[], [position(uuid4(), uuid4(), 0)] * 101, [position(uuid4(), uuid4(), -1)], [{"board_id": str(uuid4())}], None],
    ids=["none", "too many", "below zero", "not a position", "null"],
)
async def test_what_is_no_position_is_refused(node: RunningNode, world: World, boards: object) -> None:
    device = await node.device(await world.person("Ada"))
    await device.socket.send(json.dumps({"type": "confirmed", "boards": boards}))
    assert (await device.hears("error"))["code"] == "invalid"


async def test_what_waits_is_kept_when_the_node_ends(
    start_node: StartNode, world: World, gate: TestGate, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "KEEP_EVERY_SECONDS", 3600)
    node = await start_node()
    ada = await world.person("Ada")
    sign_in = uuid4()
    device = await node.device(ada, gate.token(ada, sign_in=sign_in))
    await device.say("confirmed", boards=[position(ada, await epoch_of(engine, ada), 1)])
    await device.watch(ada)  # a socket is answered in order: the receipt was taken
    await node.node.stop()
    assert await written(engine) == {(sign_in, ada): 1}


async def test_a_node_holds_no_more_than_its_limit(
    node: RunningNode, world: World, gate: TestGate, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "WAITING_LIMIT", 1)
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    sign_in = uuid4()
    device = await node.device(ada, gate.token(ada, sign_in=sign_in))
    boards = [position(board, await epoch_of(engine, board), 1) for board in (ada, board_id)]
    await device.say("confirmed", boards=boards)
    assert await kept(node, engine, device) == {(sign_in, ada): 1}
