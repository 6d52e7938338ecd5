"""Several devices on two nodes, random commands, random disconnects: in the end all show what PostgreSQL holds."""

import asyncio
import random
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from lockstep.node_process import NodeProcess
from tests.system.device import Copy, Device
from tests.system.test_story import leave, shared_board

STEPS = 60
SEEDS = range(5)

# Seeds that once found a fault stay here for ever, each with the fault's name.
FOUND_SEEDS: dict[str, int] = {}


@dataclass
class Chaos:
    """One person with one device, who does anything at any time."""

    device: Device
    nodes: tuple[NodeProcess, NodeProcess]
    board_id: UUID
    list_ids: list[str]
    task_ids: list[str]
    chance: random.Random
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def live(self) -> None:
        for _ in range(STEPS):
            if self.chance.random() < 0.08:
                await self.device.close()
                await asyncio.sleep(0)
                await self.device.open(self.chance.choice(self.nodes))
                await self._send_unanswered_again()
            else:
                await self._do_anything()
            if self.chance.random() < 0.3:
                await asyncio.sleep(self.chance.random() * 0.01)

    async def settle(self) -> None:
        """Every command of this device has an answer."""
        await self._send_unanswered_again()
        await self.device.until(lambda: self.sent.keys() <= self.device.answers.keys())

    async def _do_anything(self) -> None:
        pick, new_id = self.chance.choice, str(UUID(int=self.chance.getrandbits(128), version=4))
        position = f"a{pick('123456789')}"
        match pick(["create", "create", "edit", "edit", "move", "complete", "reopen", "delete", "restore", "list"]):
            case "create":
                self.task_ids.append(new_id)
                where = {"list_id": pick(self.list_ids), "position": position}
                await self._send("task.create", task_id=new_id, title=f"Task {new_id[:4]}", **where)
            case "edit":
                fields: dict[str, Any] = pick(
                    [{"title": f"Edited {new_id[:4]}"}, {"notes": new_id}, {"priority": pick([0, 1, 2, 3])}]
                )
                await self._send("task.edit", task_id=pick(self.task_ids), **fields)
            case "move":
                where = {"list_id": pick(self.list_ids), "position": position}
                await self._send("task.move", task_id=pick(self.task_ids), **where)
            case "list":
                self.list_ids.append(new_id)
                await self._send("list.create", list_id=new_id, title=new_id[:4], position=position)
            case verb:
                await self._send(f"task.{verb}", task_id=pick(self.task_ids))

    async def _send(self, command_type: str, **fields: Any) -> None:
        command = {"type": command_type, "board_id": str(self.board_id), **fields}
        command_id = str(UUID(int=self.chance.getrandbits(128), version=4))
        self.sent[command_id] = {"type": "command", "command_id": command_id, "command": command}
        await self.device.say(self.sent[command_id])

    async def _send_unanswered_again(self) -> None:
        for command_id, message in self.sent.items():
            if command_id not in self.device.answers:
                await self.device.say(message)


def is_at(copy: Copy, seq: int) -> bool:
    return copy.seq == seq


@pytest.mark.parametrize("seed", [*SEEDS, *FOUND_SEEDS.values()])
@pytest.mark.rule("R-10")
async def test_all_screens_agree_in_the_end(seed: int, two_nodes: tuple[NodeProcess, NodeProcess]) -> None:
    *devices, board_id, list_id = await shared_board(two_nodes)
    chance = random.Random(seed)
    laptop = devices[0]
    await laptop.does(
        "task.create", board_id, task_id=(first := str(UUID(int=1))), list_id=str(list_id), title="x", position="a0"
    )
    lists, tasks = [str(list_id)], [first]
    people = [
        Chaos(device, two_nodes, board_id, lists, tasks, random.Random(chance.getrandbits(64))) for device in devices
    ]
    await asyncio.gather(*(person.live() for person in people))
    await asyncio.gather(*(person.settle() for person in people))
    truth = await Device(laptop.node, laptop.http, laptop.account_id, laptop.token).load(board_id)
    for device in devices:
        copy = device.boards[str(board_id)]
        await device.until(partial(is_at, copy, truth.seq))
        assert copy.records == truth.records
        assert not device.resyncs
    answers = [answer for device in devices for answer in device.answers.values()]
    assert sum("put" in answer for answer in answers) > STEPS, "a run in which all is refused proves nothing"
    await leave(*devices)
