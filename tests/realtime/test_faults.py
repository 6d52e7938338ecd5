"""Redis loses, forgets and ends; the log is restored and trimmed. Every committed change arrives all the same."""

import os
from signal import SIGKILL
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncEngine

from lockstep.embedded.valkey import EmbeddedValkey
from realtime import metrics
from tests.realtime.conftest import StartNode
from tests.realtime.device import Device
from tests.realtime.eventually import eventually
from tests.realtime.running_node import RunningNode
from tests.tracker.world import World
from tracker.actor import Actor
from tracker.announcements import Announcement, board_channel, payload_of
from tracker.change_log import LoggedChange, read_changes, read_heads
from tracker.commands.boards import BoardEdit
from tracker.commands.members import MemberRemove
from tracker.epoch import begin_new_epoch
from tracker.schema import board_heads, change_log


def edit(board_id: UUID) -> BoardEdit:
    return BoardEdit(board_id=board_id, title="Autumn")


EPOCH = str(UUID(int=1)).encode()


async def watching(node: RunningNode, world: World) -> tuple[UUID, UUID, Device]:
    ada = await world.person("Ada")
    board_id = await world.board(ada)
    device = await node.device(ada)
    await device.watch(board_id)
    return ada, board_id, device


@pytest.mark.rule("R-13")
async def test_a_change_whose_announcement_was_lost_comes_by_the_head_check(
    start_node: StartNode, mute_world: World
) -> None:
    node = await start_node(head_check_seconds=0.1)
    ada, board_id, device = await watching(node, mute_world)
    await mute_world.does(ada, edit(board_id))
    await device.has(board_id, 2)
    assert device.seqs(board_id) == [2]


@pytest.mark.rule("R-10")
async def test_a_hole_is_filled_before_what_came_after_it(node: RunningNode, mute_world: World, world: World) -> None:
    ada, board_id, device = await watching(node, world)
    before = metrics.repaired_changes._value.get()
    await mute_world.does(ada, edit(board_id))
    await mute_world.does(ada, edit(board_id))
    await world.does(ada, edit(board_id))
    await device.has(board_id, 4)
    assert device.seqs(board_id) == [2, 3, 4]
    assert metrics.repaired_changes._value.get() >= before + 2


async def test_an_own_command_does_not_wait_for_the_head_check(start_node: StartNode, mute_world: World) -> None:
    node = await start_node(head_check_seconds=3_600)
    _, board_id, device = await watching(node, mute_world)
    node.announcer.announce = lambda announcements: None  # type: ignore[method-assign] # this node is mute, too
    await device.command("board.edit", board_id, title="Autumn")
    await device.has(board_id, 2)


@pytest.mark.rule("R-16")
async def test_the_sessions_of_the_node_that_commits_wait_for_no_redis(start_node: StartNode, world: World) -> None:
    node = await start_node(redis_url="redis://127.0.0.1:1/0")
    node.node._repair._grace_seconds = 60  # nothing may be read that is only on its way
    ada, board_id, device = await watching(node, world)
    other = await node.device(ada)
    await other.watch(board_id)
    for seq in (2, 3):
        await device.command("board.edit", board_id, title="Between the two of us")
        await device.has(board_id, seq)
        await other.has(board_id, seq)
    assert other.seqs(board_id) == [2, 3]


async def test_announcements_out_of_order_cost_no_query(
    node: RunningNode, mute_world: World, redis: Redis, engine: AsyncEngine
) -> None:
    ada, board_id, device = await watching(node, mute_world)
    node.node._repair._grace_seconds = 60  # nothing may be read for what is only on its way
    for _ in range(3):
        await mute_world.does(ada, edit(board_id))
    async with engine.connect() as connection:
        changes = await read_changes(connection, board_id, 1, 10)
    reads = metrics.log_reads.labels("repair")._value.get()
    epoch = node.node.hub.boards[board_id].epoch
    together = redis.pipeline(transaction=False)
    for change in (changes[2], changes[0], changes[0], changes[1]):
        together.publish(board_channel(board_id), payload_of(Announcement(board_id, epoch, (change,))))
    await together.execute()
    await device.has(board_id, 4)
    assert device.seqs(board_id) == [2, 3, 4]
    assert metrics.log_reads.labels("repair")._value.get() == reads


@pytest.mark.rule("R-16")
async def test_redis_killed_and_back_and_empty(start_node: StartNode, valkey: EmbeddedValkey, world: World) -> None:
    node = await start_node(redis_url=valkey.url)
    ada, board_id, device = await watching(node, world)
    assert not node.node.is_deaf
    assert valkey.pid is not None
    os.kill(valkey.pid, SIGKILL)
    await eventually(lambda: node.node.is_deaf)
    await device.command("board.edit", board_id, title="While Redis is away")
    await device.has(board_id, 2)
    await world.does(ada, edit(board_id))
    await device.has(board_id, 3)
    newcomer = await node.device(ada)
    await newcomer.watch(board_id)
    valkey.stop()
    valkey.start()
    await eventually(lambda: not node.node.is_deaf)
    await device.command("board.edit", board_id, title="Redis is back")
    for each in (device, newcomer):
        await each.has(board_id, 4)
    assert device.seqs(board_id) == [2, 3, 4]


@pytest.mark.rule("R-21")
async def test_a_removal_is_heard_without_redis(start_node: StartNode, mute_world: World) -> None:
    node = await start_node(redis_url="redis://127.0.0.1:1/0")
    ada, board_id, _ = await watching(node, mute_world)
    bo = await mute_world.person("Bo")
    await mute_world.joins(board_id, ada, bo, "editor")
    his = await node.device(bo)
    await his.watch(board_id)
    await mute_world.does(ada, MemberRemove(board_id=board_id, member_id=bo))
    await mute_world.does(ada, edit(board_id))
    assert (await his.hears("resync"))["reason"] == "not_found"


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"nonsense",
        b"\xff\xfe",
        EPOCH,
        EPOCH + b"\n{}",
        EPOCH + b'\n{"seq":1}',
        EPOCH + b'\n{"seq":5,"remove":[]}\n{"seq":9,"remove":[]}',
        EPOCH + b'\n{"seq":"1","remove":[]}',
    ],
)
async def test_nonsense_on_redis_is_dropped_and_counted(
    node: RunningNode, world: World, redis: Redis, payload: bytes
) -> None:
    ada, board_id, device = await watching(node, world)
    before = metrics.unparsable_announcements._value.get()
    await redis.publish(board_channel(board_id), payload)
    await redis.publish("sessions-ended", b"no ids")
    await world.does(ada, edit(board_id))
    await device.has(board_id, 2)
    assert metrics.unparsable_announcements._value.get() == before + 2


async def test_another_life_of_the_log_is_noticed(node: RunningNode, world: World, engine: AsyncEngine) -> None:
    ada, board_id, device = await watching(node, world)
    async with engine.begin() as connection:
        await connection.execute(update(board_heads).where(board_heads.c.board_id == board_id).values(epoch=uuid4()))
    await world.does(ada, edit(board_id))
    assert (await device.hears("resync"))["reason"] == "epoch"
    await device.watch(board_id)
    await world.does(ada, edit(board_id))
    await device.has(board_id, 3)


@pytest.mark.rule("R-19")
async def test_after_a_restore_every_session_takes_one_snapshot_and_goes_on(
    start_node: StartNode, world: World, engine: AsyncEngine
) -> None:
    node = await start_node(head_check_seconds=0.1)
    ada, board_id, device = await watching(node, world)
    old_epoch = node.node.hub.boards[board_id].epoch
    await world.does(ada, edit(board_id))
    await device.has(board_id, 2)
    async with engine.begin() as connection:
        assert await begin_new_epoch(connection) == 2  # Ada's own board is the other
    assert (await device.hears("resync"))["reason"] == "epoch"
    await device.say("watch", board_id=board_id, epoch=old_epoch, seq=2)
    assert (await device.hears("resync"))["reason"] == "epoch"
    async with engine.connect() as connection:
        head = (await read_heads(connection, [board_id]))[board_id]
    await device.watch(board_id, head.epoch, head.seq)
    await world.does(ada, edit(board_id))
    await device.has(board_id, 3)
    assert not [message for message in device.seen if message["type"] == "resync"]


@pytest.mark.rule("R-19")
async def test_a_log_that_went_back_begins_a_new_life(start_node: StartNode, world: World, engine: AsyncEngine) -> None:
    node = await start_node(head_check_seconds=0.1)
    ada, board_id, device = await watching(node, world)
    await world.does(ada, edit(board_id))
    await device.has(board_id, 2)
    epoch = node.node.hub.boards[board_id].epoch
    async with engine.begin() as connection:
        await connection.execute(delete(change_log).where(change_log.c.board_id == board_id, change_log.c.seq == 2))
        await connection.execute(update(board_heads).where(board_heads.c.board_id == board_id).values(seq=1))
    assert (await device.hears("resync"))["reason"] == "epoch"
    # Who was away meanwhile must not take the seqs of others' changes for those it has seen.
    await world.does(ada, edit(board_id))
    await world.does(ada, edit(board_id))
    sleeper = await node.device(ada)
    await sleeper.say("watch", board_id=board_id, epoch=epoch, seq=2)
    assert (await sleeper.hears("resync"))["reason"] == "epoch"


@pytest.mark.rule("R-12")
async def test_a_position_below_the_floor_has_to_take_a_snapshot(
    node: RunningNode, world: World, engine: AsyncEngine
) -> None:
    ada, board_id, _ = await watching(node, world)
    epoch = node.node.hub.boards[board_id].epoch
    for _ in range(3):
        await world.does(ada, edit(board_id))
    async with engine.begin() as connection:
        await connection.execute(update(board_heads).where(board_heads.c.board_id == board_id).values(floor=3))
    other = await node.device(ada)
    await other.say("watch", board_id=board_id, epoch=epoch, seq=2)
    assert (await other.hears("resync"))["reason"] == "trimmed"
    await other.watch(board_id, epoch, 3)
    await other.has(board_id, 4)


@pytest.mark.rule("R-12")
async def test_a_client_too_far_behind_has_to_take_a_snapshot(node: RunningNode, world: World) -> None:
    ada, board_id, device = await watching(node, world)
    epoch = node.node.hub.boards[board_id].epoch
    for _ in range(1_002):
        world.door.submit(Actor(ada), uuid4(), edit(board_id))
    await device.has(board_id, 1_003)
    other = await node.device(ada)
    await other.say("watch", board_id=board_id, epoch=epoch, seq=1)
    assert (await other.hears("resync"))["reason"] == "lagging"
    await other.watch(board_id, epoch, 100)
    await other.has(board_id, 1_003)
    assert other.seqs(board_id) == list(range(101, 1_004))


@pytest.mark.rule("R-14")
async def test_an_announcement_of_what_was_never_committed_reaches_nobody(
    node: RunningNode, world: World, redis: Redis
) -> None:
    ada, board_id, device = await watching(node, world)
    epoch = node.node.hub.boards[board_id].epoch
    forged = LoggedChange(3, b'{"seq":3,"put":[],"remove":[]}')
    await redis.publish(board_channel(board_id), payload_of(Announcement(board_id, epoch, (forged,))))
    await world.does(ada, edit(board_id))
    await device.has(board_id, 2)
    await world.does(ada, edit(board_id))
    await device.has(board_id, 3)
    assert device.seqs(board_id) == [2, 3]
