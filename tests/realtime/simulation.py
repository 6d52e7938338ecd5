"""Nodes without a network: everything of them that decides is real, what they talk to is here and moves when told to.

One board, its true log, announcements that get lost, doubled and out of order, queries that answer when they like,
sockets that clog, nodes that die, people who are removed and come back, restores and trims. A seed decides what happens
when.
"""

import asyncio
import json
import random
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from time import time
from typing import Any, cast
from uuid import UUID, uuid4

from redis.asyncio import Redis

from realtime.audience import Audience
from realtime.board import ServedBoard
from realtime.catch_up import CatchUp
from realtime.head_check import HeadCheck
from realtime.hub import Hub
from realtime.join import Join
from realtime.link import NOBODY, Receiver
from realtime.log_reader import Page
from realtime.parts import Parts
from realtime.presence import Presence
from realtime.receipts import Receipts
from realtime.repair import Repair
from realtime.served_boards import ServedBoards
from realtime.session import Session
from realtime.sessions import Sessions
from realtime.watch import Watch
from tests.realtime.running_node import TestGate
from tests.tracker.world import Records, follow
from tracker import wire
from tracker.access import Standing
from tracker.change_log import Head, LoggedChange
from tracker.execute import Door
from tracker.identity import Identity

BOARD = UUID(int=77)
CLOG_BYTES = 4_000
FOLD_FROM = 8
"""Few enough that it happens in every story."""

NO_REDIS = Redis()
"""Presence is not part of the story: nothing is ever asked of this."""

TASKS = [str(UUID(int=1_000 + n)) for n in range(4)]
FIELDS = ["title", "notes", "position"]


class Truth:
    """The board as PostgreSQL has it; answers queries of the node when `release` is called, as things were then."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.epoch = uuid4()
        self.floor = 0
        self.changes: list[LoggedChange] = []
        self.members: set[UUID] = set()
        self.states: list[Records] = [{}]
        """What the board looks like at each seq."""
        self.is_quiet = False
        self._asked: list[asyncio.Future[None]] = []

    @property
    def head(self) -> Head:
        return Head(self.epoch, len(self.changes), self.floor)

    def commit(self, removed: UUID | None = None) -> None:
        seq = len(self.changes) + 1
        remove = [] if removed is None else [{"type": "member", "id": removed}]
        value = f"{seq}" + "x" * self.chance.choice([0, 0, 50, 900])
        put = {"type": "task", "id": self.chance.choice(TASKS), self.chance.choice(FIELDS): value}
        body = {"seq": seq, "put": [put], "remove": remove}
        self.changes.append(LoggedChange(seq, wire.encode(body)))
        self.states.append(follow(self.states[-1], [{"put": [put], "remove": []}]))

    def restore(self, seq: int) -> None:
        """Begin a new life of the log at an earlier seq."""
        del self.changes[seq:]
        del self.states[seq + 1 :]
        self.floor = min(self.floor, seq)
        self.epoch = uuid4()

    def release(self) -> None:
        """Let one query read."""
        waiting = [asked for asked in self._asked if not asked.done()]
        self._asked = waiting
        if waiting:
            self.chance.choice(waiting).set_result(None)

    async def _turn(self) -> None:
        if not self.is_quiet:
            asked = asyncio.get_running_loop().create_future()
            self._asked.append(asked)
            try:
                await asked
            except asyncio.CancelledError:
                # Libraries can swallow a cancellation; nothing may depend on its getting through.
                if self.chance.random() < 0.5:
                    raise

    async def _answer(self) -> None:
        """The way of an answer back to the node also takes its time."""
        await self._turn()

    async def standing(self, account_id: UUID, board_id: UUID) -> Standing | None:
        await self._turn()
        standing = Standing("editor", self.head) if account_id in self.members else None
        await self._answer()
        return standing

    async def newest(self, board_id: UUID) -> Page | None:
        await self._turn()
        page = Page(self.head, self.changes[max(self.floor, len(self.changes) - 5) :])
        await self._answer()
        return page

    async def after(self, board_id: UUID, seq: int, limit: int) -> Page | None:
        await self._turn()
        page = Page(self.head, self.changes[max(seq, self.floor) :][: min(limit, 7)])
        await self._answer()
        return page

    async def moved(self, known: Mapping[UUID, tuple[UUID, int]]) -> dict[UUID, Head | None]:
        await self._turn()
        is_moved = known[BOARD] != (self.head.epoch, self.head.seq)
        moved: dict[UUID, Head | None] = {BOARD: self.head} if is_moved else {}
        await self._answer()
        return moved

    async def begin_anew_if_shorter(self, board_id: UUID, epoch: UUID, seq: int) -> Head | None:
        raise AssertionError("a log never goes back here")


_numbers = count()


class Wire:
    """A socket that clogs after some bytes until somebody reads. Is a `Link`."""

    def __init__(self) -> None:
        self.is_clogged = False
        self.is_held = False
        self.number = next(_numbers)
        self.silent: set[int] = NOBODY
        self.is_closed = False
        self.receiver: Receiver | None = None
        self._unsent: list[bytes] = []
        self._buffered = 0
        self.inbox: list[dict[str, Any]] = []

    def give_to(self, receiver: Receiver) -> None:
        self.receiver = receiver

    def write(self, frame: bytes) -> None:
        if not self._unsent:
            asyncio.get_running_loop().call_soon(self.flush)
        self._unsent.append(frame)

    def write_now(self, frame: bytes) -> None:
        is_first = not self._unsent
        self._unsent.append(frame)
        if is_first:
            self.flush()

    def flush(self) -> None:
        unsent, self._unsent = self._unsent, []
        for frame in unsent:
            start = {126: 4, 127: 10}.get(frame[1], 2)
            self.inbox.append(json.loads(frame[start:]))
            self._buffered += len(frame)
        if self._buffered > CLOG_BYTES and not self.is_clogged:
            self.clog()

    def clog(self) -> None:
        self.is_clogged = True
        assert self.receiver is not None
        self.receiver.clogged()

    def drain(self) -> None:
        self._buffered = 0
        if self.is_clogged:
            self.is_clogged = False
            assert self.receiver is not None
            self.receiver.drained()

    def hold_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def close(self, code: int, reason: str) -> None:
        self.is_closed = True

    def abort(self) -> None:
        self.is_closed = True


class Ear:
    """Subscriptions that need no Redis."""

    async def subscribe(self, channel: str) -> None:
        await asyncio.sleep(0)

    def unsubscribe(self, channel: str) -> None: ...


def _write_to_all(audience: Audience, frame: bytes) -> None:
    for link in audience.links():
        link.write_now(frame)


class SimulatedNode:
    """A node's parts, put together as `Node` does."""

    def __init__(self, truth: Truth) -> None:
        loop = asyncio.get_running_loop()
        self.repair = Repair(truth, grace_seconds=0)
        self.hub = Hub(loop.call_soon, self._hole, lambda _: self.head_check.hurry(), self._reached, _write_to_all)
        self.head_check = HeadCheck(self.hub, truth)
        self.boards = ServedBoards(self.hub, truth, Ear(), loop.time)
        self.catch_up = CatchUp(self.hub, truth, FOLD_FROM)
        self.air: list[tuple[UUID, tuple[LoggedChange, ...]]] = []
        """What was announced and has not been heard here."""
        self.parts = Parts(
            gate=TestGate(),
            door=cast(Door, None),
            hub=self.hub,
            join=Join(self.hub, truth, self.boards, self.head_check, self.catch_up),
            catch_up=self.catch_up,
            receipts=cast(Receipts, None),
            presence=Presence(NO_REDIS, self.hub, uuid4(), loop.time),
            sessions=Sessions(),
            now=loop.time,
            clock=time,
            has_rate_limits=False,
        )

    def _hole(self, board: ServedBoard) -> None:
        self.repair.begin(self.hub, board)

    def _reached(self, watch: Watch) -> None:
        self.catch_up.advance(watch)


class Client:
    """Follows the board as a real client does, and complains about everything it was not promised."""

    def __init__(self, node: SimulatedNode, truth: Truth, account_id: UUID) -> None:
        self.truth = truth
        self.account_id = account_id
        self.connect(node)
        self.records: Records | None = None
        """Unknown to a client that watches from now on."""
        self.epoch: str | None = None
        self.seq: int | None = None
        self.is_watching = False
        self.was_removed = False
        self.cleared_seq = 0
        self.resyncs: list[str] = []

    def connect(self, node: SimulatedNode) -> None:
        """A new socket, to this node."""
        self.node = node
        self.wire = Wire()
        identity = Identity(self.account_id, uuid4(), datetime.now(UTC) + timedelta(hours=1))
        self.session = Session(self.wire, node.parts, identity)
        self.wire.give_to(self.session)
        self.is_watching = False

    def watch(self, epoch: str | None, seq: int | None) -> None:
        if epoch is None:
            self.records = None
        self.epoch, self.seq = epoch, seq
        self.is_watching = self.was_removed = False
        self.session.received(json.dumps({"type": "watch", "board_id": str(BOARD), "epoch": epoch, "seq": seq}))

    def take_snapshot_and_watch(self) -> None:
        self.records = self.truth.states[-1]
        self.watch(str(self.truth.epoch), len(self.truth.changes))

    def read(self) -> None:
        inbox, self.wire.inbox = self.wire.inbox, []
        for message in inbox:
            if message["type"] == "watching":
                assert self.seq in (None, message["seq"])
                assert self.epoch in (None, message["epoch"])
                self.epoch, self.seq = message["epoch"], message["seq"]
                self.is_watching = True
                # Of a life that has ended meanwhile nobody knows any more who was let in again when.
                is_same_life = self.epoch == str(self.truth.epoch)
                self.cleared_seq = len(self.truth.changes) if is_same_life else sys.maxsize
            elif message["type"] == "changes":
                for change in message["changes"]:
                    self._apply(change)
                self._compare(message["changes"])
            elif message["type"] == "resync":
                self.resyncs.append(message["reason"])
                self.is_watching = False

    def _apply(self, change: dict[str, Any]) -> None:
        assert self.is_watching, "a change without a watch"
        assert not self.was_removed, "a change after the removal"
        assert self.seq is not None
        assert change["seq"] == self.seq + 1, f"{change['seq']} follows {self.seq}"
        self.seq = change["seq"]
        # A removal from before the watch had been undone again when the watch was granted.
        if self.seq > self.cleared_seq:
            self.was_removed = any(entry["id"] == str(self.account_id) for entry in change["remove"])

    def _compare(self, changes: list[dict[str, Any]]) -> None:
        if self.records is None or self.seq is None:
            return
        puts = [{"put": change["put"], "remove": []} for change in changes]
        self.records = follow(self.records, puts)
        if self.epoch == str(self.truth.epoch):
            assert self.records == self.truth.states[self.seq], "other records than the log has at this seq"
