"""A node ends as by a power cut. What was committed is everywhere, once."""

import asyncio
from signal import SIGKILL
from uuid import uuid4

import pytest

from lockstep.node_process import NodeProcess
from tests.system.conftest import StartNode
from tests.system.device import Device


@pytest.mark.rule("R-13", "R-25")
async def test_a_change_of_a_node_that_died_before_announcing_it_is_everywhere_once(
    start_node: StartNode, two_nodes: tuple[NodeProcess, NodeProcess]
) -> None:
    survivor, _ = two_nodes
    doomed = start_node(FAULT_POINTS="committed:1", PUBLIC_URL="http://127.0.0.1")
    email = f"ada-{uuid4().hex}@example.org"
    laptop = await Device.sign_up(survivor, "Ada", email)
    phone = await Device.sign_in(doomed, email)
    board_id = laptop.account_id
    for device in (laptop, phone):
        await device.load(board_id)
        await device.open()
    list_id, command_id = str(uuid4()), str(uuid4())
    command = {"type": "list.create", "board_id": str(board_id), "list_id": list_id, "title": "To do", "position": "a0"}
    order = {"type": "command", "command_id": command_id, "command": command}
    await phone.say(order)
    await laptop.until(lambda: laptop.record(board_id, "list", list_id) is not None)
    await asyncio.to_thread(doomed.wait_until_stopped, 0)
    assert doomed.exit_code == -SIGKILL

    await phone.close()
    await phone.open(survivor)
    await phone.say(order)
    await phone.until(lambda: phone.answers.get(command_id, {}).get("type") == "done")
    assert phone.boards[str(board_id)].records == laptop.boards[str(board_id)].records
    assert phone.boards[str(board_id)].seq == laptop.boards[str(board_id)].seq
    for device in (laptop, phone):
        await device.leave()
