"""Whoever loses a right hears nothing later, on any node, and cannot come back by an old position."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from structlog.testing import capture_logs

from realtime import sign_in_check
from realtime.close_codes import CloseCode
from tests.realtime.conftest import StartNode
from tests.realtime.device import Device
from tests.realtime.eventually import eventually
from tests.realtime.running_node import RunningNode, TestGate
from tests.tracker.world import World
from tracker.identity import Identity

NO_REDIS = "redis://127.0.0.1:1/0"


@dataclass
class Scene:
    """A board of Ada's that Bo edits and Cy reads. Ada is on one node, the others are on another."""

    board_id: UUID
    epoch: str
    bo: UUID
    adas: Device
    bos: Device
    cys: Device
    seq: int

    async def adas_order(self, type_: str, **fields: Any) -> None:
        """What Ada does, with twenty changes right behind it, until Cy has heard all of it."""
        await self.adas.command(type_, self.board_id, **fields)
        for n in range(20):
            await self.adas.command("board.edit", self.board_id, title=f"No. {n}")

    async def heard_by_all(self, count: int) -> None:
        await self.adas.has(self.board_id, self.seq + count)
        await self.cys.has(self.board_id, self.seq + count)
        # A round trip: whatever Bo's socket was to hear before is here.
        await self.bos.say("unwatch", board_id=self.bo)
        await self.bos.hears("unwatched")


@pytest.fixture(params=["Redis", "no Redis"])
async def scene(request: pytest.FixtureRequest, start_node: StartNode, world: World) -> Scene:
    options = {} if request.param == "Redis" else {"redis_url": NO_REDIS}
    here, there = await start_node(**options), await start_node(**options)
    ada, bo, cy = [await world.person(name) for name in ("Ada", "Bo", "Cy")]
    board_id = await world.board(ada)
    await world.joins(board_id, ada, bo, "editor")
    await world.joins(board_id, ada, cy, "viewer")
    adas, bos, cys = await here.device(ada), await there.device(bo), await there.device(cy)
    for device in (bos, cys):
        await device.watch(board_id)
    begun = await adas.watch(board_id)
    return Scene(board_id, begun["epoch"], bo, adas, bos, cys, begun["seq"])


@pytest.mark.parametrize("how", ["is removed", "leaves"])
@pytest.mark.rule("R-21")
async def test_a_member_who_is_gone_hears_nothing_later_and_does_not_come_back(scene: Scene, how: str) -> None:
    if how == "leaves":
        await scene.bos.command("member.remove", scene.board_id, member_id=scene.bo)
        await scene.adas.has(scene.board_id, scene.seq + 1)
        await scene.adas_order("board.edit", title="Without Bo")
    else:
        await scene.adas_order("member.remove", member_id=scene.bo)
    await scene.heard_by_all(21)
    assert scene.bos.seqs(scene.board_id) == [scene.seq + 1]
    assert (await scene.bos.hears("resync"))["reason"] == "not_found"
    for epoch, seq in ((None, None), (scene.epoch, scene.seq), (scene.epoch, scene.seq + 1)):
        await scene.bos.say("watch", board_id=scene.board_id, epoch=epoch, seq=seq)
        assert (await scene.bos.hears("resync"))["reason"] == "not_found"
    command_id = await scene.bos.command("board.edit", scene.board_id, title="Still here?")
    assert (await scene.bos.hears("refused", command_id=command_id))["code"] == "not_found"


@pytest.mark.rule("R-22")
async def test_a_member_with_a_lesser_role_may_do_less_at_once_and_sees_on(scene: Scene) -> None:
    await scene.adas.command("member.edit", scene.board_id, member_id=scene.bo, role="viewer")
    await scene.adas.has(scene.board_id, scene.seq + 1)
    # Bo's node may not have heard of it yet: the right is read where the command is done.
    command_id = await scene.bos.command("list.create", scene.board_id, list_id=uuid4(), title="Mine", position="a0")
    assert (await scene.bos.hears("refused", command_id=command_id))["code"] == "forbidden"
    await scene.bos.has(scene.board_id, scene.seq + 1)


@pytest.mark.rule("R-22")
async def test_on_a_deleted_board_nothing_happens_any_more(scene: Scene) -> None:
    await scene.adas_order("board.delete")
    for _ in range(20):
        assert (await scene.adas.hears("refused"))["code"] == "conflict"
    await scene.heard_by_all(1)
    command_id = await scene.bos.command("list.create", scene.board_id, list_id=uuid4(), title="Mine", position="a0")
    assert (await scene.bos.hears("refused", command_id=command_id))["code"] == "conflict"
    assert scene.bos.seqs(scene.board_id) == [scene.seq + 1]


# Sign-ins


@pytest.mark.rule("R-23")
async def test_sign_ins_that_ended_are_found_without_redis(node: RunningNode, world: World, gate: TestGate) -> None:
    ada = await world.person("Ada")
    sign_in = uuid4()
    device = await node.device(ada, gate.token(ada, sign_in=sign_in))
    other = await node.device(ada)
    gate.over.add(sign_in)
    await node.node.sign_in_check.check()
    assert await device.closed() == CloseCode.NOT_AUTHENTICATED
    await other.watch(ada)


@pytest.mark.rule("R-23")
def test_a_socket_outlives_its_sign_in_by_ten_seconds_at_most() -> None:
    assert sign_in_check.PERIOD_SECONDS + sign_in_check.ANSWER_SECONDS <= 10


async def test_a_gate_that_hangs_is_asked_again(
    start_node: StartNode, world: World, gate: TestGate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_check, "PERIOD_SECONDS", 0.02)
    monkeypatch.setattr(sign_in_check, "ANSWER_SECONDS", 0.05)
    asked = 0
    sign_in = uuid4()

    async def hangs_at_first(sign_ins: Collection[UUID]) -> set[UUID]:
        nonlocal asked
        asked += 1
        if asked == 1:
            await asyncio.Event().wait()
        return {sign_in}

    monkeypatch.setattr(gate, "ended", hangs_at_first)
    node = await start_node()
    ada = await world.person("Ada")
    device = await node.device(ada, gate.token(ada, sign_in=sign_in))
    assert await device.closed() == CloseCode.NOT_AUTHENTICATED


@pytest.mark.parametrize("moment", ["hello", "renewal"])
@pytest.mark.rule("R-3", "R-23")
async def test_a_sign_in_that_ends_while_its_token_is_read_is_not_let_in(
    node: RunningNode, world: World, gate: TestGate, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    ada = await world.person("Ada")
    sign_in = uuid4()
    token = gate.token(ada, sign_in=sign_in)
    device = await (node.connect() if moment == "hello" else node.device(ada))
    is_read, may_answer = asyncio.Event(), asyncio.Event()
    authenticate = gate.authenticate

    async def slow(token: str) -> Identity:
        identity = await authenticate(token)
        is_read.set()
        await may_answer.wait()
        return identity

    monkeypatch.setattr(gate, "authenticate", slow)
    if moment == "hello":
        await device.say("hello", protocol=1, token=token, client_id="test")
    else:
        await device.say("authenticate", token=token)
    await is_read.wait()
    await node.announcer.announce_ended_sessions([sign_in])
    await eventually(lambda: node.node.sessions.has_ended(sign_in))
    may_answer.set()
    assert await device.closed() == CloseCode.NOT_AUTHENTICATED


async def test_a_database_that_is_away_while_it_is_asked_is_no_mistake_of_ours(
    start_node: StartNode, world: World, gate: TestGate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_check, "PERIOD_SECONDS", 0.02)
    node = await start_node()
    await node.device(await world.person("Ada"))
    with capture_logs() as logs:
        gate.is_broken, gate.trouble = True, asyncpg.AdminShutdownError("bye")
        await eventually(lambda: any(line["event"] == "ended_sign_ins_unknown" for line in logs))
    assert {line["log_level"] for line in logs if line["event"] == "ended_sign_ins_unknown"} == {"warning"}
