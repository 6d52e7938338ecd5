"""The main job: two people, three devices, two nodes, one board, live."""

import asyncio
import secrets
from functools import partial
from uuid import UUID, uuid4

import pytest

from lockstep.node_process import NodeProcess
from tests.system.conftest import DRAIN_SECONDS, StartNode
from tests.system.device import Device

Nodes = tuple[NodeProcess, NodeProcess]


async def shared_board(nodes: Nodes) -> tuple[Device, Device, Device, UUID, UUID]:
    """Ada's laptop, Ada's phone and Bo's browser, live on a board with one list; the board's and the list's id."""
    first, second = nodes
    email = f"ada-{uuid4().hex}@example.org"
    laptop = await Device.sign_up(first, "Ada", email)
    phone = await Device.sign_in(second, email)
    bo = await Device.sign_up(second, "Bo", f"bo-{uuid4().hex}@example.org")
    board_id, list_id, invitation_id, token = uuid4(), uuid4(), str(uuid4()), secrets.token_urlsafe(24)
    for device in (laptop, phone, bo):
        await device.load(device.account_id)
        await device.open()
    await laptop.does("board.create", board_id, title="Our spring")
    await laptop.does("list.create", board_id, list_id=str(list_id), title="To do", position="a0")
    invitation = {"invitation_id": invitation_id, "token": token}
    await laptop.does("invitation.create", board_id, role="editor", **invitation)
    await bo.does("invitation.accept", board_id, **invitation)
    for device in (laptop, phone, bo):
        await device.load(board_id)
        await device.watch(board_id)
    return laptop, phone, bo, board_id, list_id


async def all_show(devices: tuple[Device, ...], board_id: UUID, task_id: str, **fields: object) -> None:
    def is_shown(device: Device) -> bool:
        record = device.record(board_id, "task", task_id)
        return record is not None and all(record[name] == value for name, value in fields.items())

    for device in devices:
        await device.until(partial(is_shown, device))


async def leave(*devices: Device) -> None:
    await asyncio.gather(*(device.leave() for device in devices))


@pytest.mark.rule("R-10")
async def test_each_change_of_any_device_is_on_all_of_them(two_nodes: Nodes) -> None:
    laptop, phone, bo, board_id, list_id = devices_and_ids = await shared_board(two_nodes)
    everyone, task_id = devices_and_ids[:3], str(uuid4())
    fields = {"list_id": str(list_id), "title": "Run 5 km", "position": "a0"}
    await laptop.does("task.create", board_id, task_id=task_id, **fields)
    await all_show(everyone, board_id, task_id, title="Run 5 km", completed_at=None)
    await phone.does("task.edit", board_id, task_id=task_id, due_on="2026-12-24")
    await all_show(everyone, board_id, task_id, due_on="2026-12-24")
    change = await bo.does("task.complete", board_id, task_id=task_id)
    await all_show(everyone, board_id, task_id, completed_by=str(bo.account_id), completed_at=change["at"])
    await leave(*everyone)


async def test_a_board_that_somebody_joins_appears_on_their_personal_board(two_nodes: Nodes) -> None:
    laptop, phone, bo, board_id, _ = await shared_board(two_nodes)
    for device in (laptop, phone, bo):
        assert device.record(device.account_id, "membership", board_id) is not None
    await laptop.does("member.remove", board_id, member_id=str(bo.account_id))
    await bo.until(lambda: bo.record(bo.account_id, "membership", board_id) is None)
    await bo.until(lambda: bool(bo.resyncs))
    assert bo.resyncs == [{"type": "resync", "board_id": str(board_id), "reason": "not_found"}]
    await leave(laptop, phone, bo)


@pytest.mark.rule("R-11")
async def test_a_device_that_was_away_catches_up_on_another_node(two_nodes: Nodes) -> None:
    laptop, phone, bo, board_id, list_id = await shared_board(two_nodes)
    await phone.close()
    task_ids = [str(uuid4()) for _ in range(30)]
    for number, task_id in enumerate(task_ids):
        who = (laptop, bo)[number % 2]
        fields = {"list_id": str(list_id), "title": f"Task {number}", "position": "a0"}
        await who.command("task.create", board_id, task_id=task_id, **fields)
    await phone.open(two_nodes[0])
    for task_id in task_ids:
        await all_show((laptop, phone, bo), board_id, task_id)
    assert phone.boards[str(board_id)].records == laptop.boards[str(board_id)].records
    await leave(laptop, phone, bo)


@pytest.mark.rule("R-10")
async def test_a_restart_of_all_nodes_loses_nothing(start_node: StartNode) -> None:
    nodes = start_node(), start_node()
    laptop, phone, bo, board_id, list_id = await shared_board(nodes)
    fields = {"list_id": str(list_id), "title": "Run 5 km", "position": "a0"}
    await laptop.does("task.create", board_id, task_id=(task_id := str(uuid4())), **fields)
    await all_show((phone, bo), board_id, task_id)
    for device in (laptop, phone, bo):
        await device.close()
    for node in nodes:
        node.ask_to_stop()
    for node in nodes:
        await asyncio.to_thread(node.wait_until_stopped, DRAIN_SECONDS)
    again = start_node(), start_node()
    await bo.open(again[0])
    await bo.does("task.complete", board_id, task_id=task_id)
    await laptop.open(again[1])
    await phone.open(again[0])
    await all_show((laptop, phone, bo), board_id, task_id, completed_by=str(bo.account_id))
    await leave(laptop, phone, bo)
