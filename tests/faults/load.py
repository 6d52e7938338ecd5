"""People at work while things break: many devices on shared boards, each doing something now and then."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import asyncpg

from tests.faults.device import FaultDevice, new_id
from tests.faults.history import History, Replica, Truth, broken_promises
from tests.faults.installation import Installation
from tracker import wire

SETTLE_SECONDS: Final = 60
TOKEN: Final = "a-secret-of-at-least-128-bits"
POLL_SECONDS: Final = 0.05
CALL_SECONDS: Final = 0.3
ROAMING: Final = 0.02
"""How often somebody who does something changes the network at that moment."""


@dataclass(frozen=True)
class Size:
    """How much goes on: devices, boards that each of them shares with others, and commands of each per second."""

    devices: int
    boards: int
    rate: float


@dataclass
class Load:
    """The people and what they do; `history` is what came of it."""

    running: Installation
    size: Size
    history: History = field(default_factory=History)
    devices: list[FaultDevice] = field(default_factory=list)
    boards: list[str] = field(default_factory=list)
    _lists: dict[str, str] = field(default_factory=dict)
    _tasks: dict[str, list[str]] = field(default_factory=dict)

    async def set_the_stage(self) -> None:
        """Everybody signs up; each board has a list and all its people as editors; all are live."""
        chance = self.running.chance
        self.devices = [
            FaultDevice(f"device-{n}", self.running.addresses, self.history, random.Random(chance.getrandbits(64)))
            for n in range(self.size.devices)
        ]
        for device in self.devices:
            await device.sign_up()
        for number in range(self.size.boards):
            await self._make_board(self.devices[number :: self.size.boards])
        for device in self.devices:
            device.start()
        await self.until(lambda: all(device.is_settled for device in self.devices))
        self.history.away_seconds.clear()
        self.history.answer_seconds.clear()

    async def _make_board(self, people: Sequence[FaultDevice]) -> None:
        chance = self.running.chance
        board_id, list_id, invitation = new_id(chance), new_id(chance), new_id(chance)
        owner, *guests = people
        await owner.give("board.create", board_id, title="Under load")
        await owner.give("list.create", board_id, list_id=list_id, title="To do", position="a0")
        for guest in guests:
            invitation = new_id(chance)
            secret = {"invitation_id": invitation, "token": TOKEN}
            await owner.give("invitation.create", board_id, role="editor", **secret)
            await guest.give("invitation.accept", board_id, **secret)
        for device in people:
            await device.load(board_id)
        self.boards.append(board_id)
        self._lists[board_id], self._tasks[board_id] = list_id, []

    async def work(self, seconds: float) -> None:
        """Everybody does something now and then for so long."""
        ends_at = asyncio.get_running_loop().time() + seconds
        await asyncio.gather(*(self._work(device, ends_at) for device in self.devices))

    async def call_until(self, is_over: Callable[[], bool]) -> None:
        """Somebody uses HTTP: looks, and changes something, again and again."""
        device = self.devices[0]
        while not is_over():
            await asyncio.sleep(CALL_SECONDS)
            await device.look()
            await self._work_over_http(device)

    async def until_work_goes_on(self) -> float:
        """Seconds until a new command of somebody is done."""
        began = asyncio.get_running_loop().time()
        await self._work_over_http(self.devices[-1])
        return asyncio.get_running_loop().time() - began

    async def _work_over_http(self, device: FaultDevice) -> None:
        await device.give(**self._anything(device.chance, next(iter(device.boards))))

    async def _work(self, device: FaultDevice, ends_at: float) -> None:
        while asyncio.get_running_loop().time() < ends_at:
            await asyncio.sleep(device.chance.expovariate(self.size.rate))
            if device.chance.random() < ROAMING:
                device.hang_up()
            for board_id in list(device.boards):
                await device.command(**self._anything(device.chance, board_id))

    def _anything(self, chance: random.Random, board_id: str) -> dict[str, Any]:
        tasks = self._tasks[board_id]
        if not tasks or chance.random() < 0.3:
            task_id = new_id(chance)
            tasks.append(task_id)
            where = {"list_id": self._lists[board_id], "position": f"a{chance.choice('123456789')}"}
            return {
                "command_type": "task.create",
                "board_id": board_id,
                "task_id": task_id,
                "title": "Run 5 km",
                **where,
            }
        fields: dict[str, Any] = chance.choice([{"title": new_id(chance)}, {"notes": new_id(chance)}, {"priority": 2}])
        return {"command_type": "task.edit", "board_id": board_id, "task_id": chance.choice(tasks), **fields}

    async def until(self, holds: Callable[[], bool], seconds: float = SETTLE_SECONDS) -> float:
        """Wait for something, and tell how long it took. Raises TimeoutError."""
        began = asyncio.get_running_loop().time()
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110 - it hangs on many devices and processes, which share no event
                await asyncio.sleep(POLL_SECONDS)
        return asyncio.get_running_loop().time() - began

    async def settle(self) -> float:
        """Nobody does anything more; wait until all devices show what PostgreSQL holds. Seconds that it took."""
        began = asyncio.get_running_loop().time()
        try:
            await self.until(lambda: all(device.is_settled for device in self.devices))
            heads = {truth.board_id: truth.seq for truth in await self.truths()}
            await self.until(lambda: all(replica.seq >= heads[replica.board_id] for replica in self.replicas()))
        except TimeoutError:
            self.history.violations.append(f"After {SETTLE_SECONDS} s of rest not every device was up to date")
        return asyncio.get_running_loop().time() - began

    def replicas(self) -> list[Replica]:
        """What all devices hold."""
        return [replica for device in self.devices for replica in device.replicas()]

    async def truths(self) -> list[Truth]:
        """What PostgreSQL holds."""
        address = self.running.database_url.replace("+asyncpg", "")
        connection = await asyncpg.connect(address)
        try:
            return [await self._truth(connection, board_id) for board_id in self.boards]
        finally:
            await connection.close()

    async def _truth(self, connection: asyncpg.Connection, board_id: str) -> Truth:
        rows = await connection.fetch("SELECT seq, body FROM change_log WHERE board_id = $1 ORDER BY seq", board_id)
        bodies = [wire.decode(row["body"]) for row in rows]
        seq = await connection.fetchval("SELECT seq FROM board_heads WHERE board_id = $1", board_id)
        reader = next(device for device in self.devices if board_id in device.boards)
        own = FaultDevice(f"{reader.name} again", self.running.addresses, History(), reader.chance, token=reader.token)
        await own.load(board_id)
        await own.stop()
        return Truth(
            board_id,
            seq,
            [(body["seq"], body["command_id"]) for body in bodies],
            own.boards[board_id].records,
            {gone["id"]: body["seq"] for body in bodies for gone in body["remove"] if gone["type"] == "member"},
        )

    async def verdict(self) -> list[str]:
        """Every broken promise."""
        return broken_promises(self.history, await self.truths(), self.replicas())


@asynccontextmanager
async def load_on(running: Installation, size: Size) -> AsyncIterator[Load]:
    """People at their places, everything live."""
    load = Load(running, size)
    await load.set_the_stage()
    try:
        yield load
    finally:
        await asyncio.gather(*(device.stop() for device in load.devices))
