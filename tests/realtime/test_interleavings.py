"""However announcements, queries, clogs, deaths, removals and restores fall together: in order, once, complete.

Seeds that once failed stay in FOUND. `make soak` tries 10,000; a seed that fails is the number in its test's name.
"""

import asyncio
import gc
import os
import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from realtime.cancel import cancel
from tests.realtime.simulation import BOARD, Client, SimulatedNode, Truth

FOUND = [23, 193, 576]
SEEDS = [*FOUND, *range(int(os.environ.get("INTERLEAVINGS", "200")))]
STEPS = 250
CALM_ROUNDS = 6
CALM_TURNS = 60
"""More than the queries that can be waiting, one of which is answered in each."""
PEOPLE = [UUID(int=n) for n in range(1, 6)]


@pytest.fixture(scope="module", autouse=True)
def _only_our_garbage() -> Iterator[None]:
    """Looking for tasks that nobody holds is quick when all that was here before is left out of it."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


class Story:
    """One seed's worth of events."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.truth = Truth(self.chance)
        self.truth.members.update(PEOPLE)
        self.nodes = [SimulatedNode(self.truth) for _ in range(2)]
        self.dead: list[SimulatedNode] = []
        self.checks: list[asyncio.Task[None]] = []
        # What earlier tests left behind is not of this story; unfrozen, it would be looked through again and again.
        gc.collect()
        gc.freeze()
        self.errors: list[dict[str, Any]] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: self.errors.append(context))
        self.clients = [Client(self.chance.choice(self.nodes), self.truth, account_id) for account_id in PEOPLE]
        self.may_restore = seed % 5 == 0
        for _ in range(self.chance.randrange(20)):
            self.truth.commit()

    async def tell(self) -> None:
        happenings = [
            (8, self.commit),
            (8, self.hear),
            (2, self.lose),
            (1, self.hear_again),
            (10, self.truth.release),
            (4, self.drain),
            (3, self.come),
            (1, self.leave),
            (1, self.remove_or_let_in),
            (1, self.check_heads),
            (0.3, self.die),
            (1, self.trim_or_restore),
        ]
        weights = [weight for weight, _ in happenings]
        for _ in range(STEPS):
            self.chance.choices(happenings, weights)[0][1]()
            for _ in range(self.chance.choice([0, 1, 1, 5])):
                await asyncio.sleep(0)
            for client in self.clients:
                client.read()
        await self.calm()

    async def calm(self) -> None:
        """Nothing new happens, everything gets through: now all must be equal."""
        self.forget_announced()
        self.truth.is_quiet = True
        for _ in range(CALM_ROUNDS):
            for _ in range(CALM_TURNS):
                self.truth.release()
                self.drain()
                await asyncio.sleep(0)
            for client in self.clients:
                client.read()
                if client.account_id in self.truth.members and not client.is_watching:
                    client.take_snapshot_and_watch()
            for node in self.nodes:
                await node.head_check.check()

    async def end(self) -> None:
        """Stop what the dead have left behind, and the living, too."""
        await cancel(*self.checks)
        for node in (*self.nodes, *self.dead):
            await node.boards.stop()
            await node.repair.stop()

    def commit(self) -> None:
        count = self.chance.choice([1, 1, 1, 3])
        for _ in range(count):
            self.truth.commit()
        self.announce(count)

    def announce(self, count: int) -> None:
        for node in self.nodes:
            node.air.append((self.truth.epoch, tuple(self.truth.changes[-count:])))

    def forget_announced(self) -> None:
        for node in self.nodes:
            node.air.clear()

    def hear(self) -> None:
        for node in self.nodes:
            if node.air and self.chance.random() < 0.8:
                node.hub.announced(BOARD, *node.air.pop(self.chance.choice([0, 0, 0, -1])))

    def hear_again(self) -> None:
        for node in self.nodes:
            if node.air:
                node.hub.announced(BOARD, *self.chance.choice(node.air))

    def lose(self) -> None:
        node = self.chance.choice(self.nodes)
        if node.air:
            node.air.pop(self.chance.randrange(len(node.air)))

    def die(self) -> None:
        """A node ends without a word; its sockets come back to others from where they are."""
        node = self.chance.choice(self.nodes)
        self.nodes.remove(node)
        self.dead.append(node)
        self.nodes.append(SimulatedNode(self.truth))
        for client in self.clients:
            if client.node is node:
                client.wire.flush()
                client.read()
                client.session.lost()
                client.connect(self.chance.choice(self.nodes))
                client.watch(client.epoch, client.seq)

    def drain(self) -> None:
        for client in self.clients:
            if self.truth.is_quiet or self.chance.random() < 0.5:
                client.wire.drain()

    def come(self) -> None:
        client = self.chance.choice(self.clients)
        if client.is_watching and self.chance.random() < 0.7:
            return
        client.wire.flush()
        client.read()
        how = self.chance.choice(["snapshot", "own", "now"])
        if how == "now":
            client.watch(None, None)
        elif how == "own" and client.epoch is not None:
            client.watch(client.epoch, client.seq)
        else:
            client.take_snapshot_and_watch()

    def leave(self) -> None:
        client = self.chance.choice(self.clients)
        client.wire.flush()
        client.read()
        client.session.received(f'{{"type":"unwatch","board_id":"{BOARD}"}}')
        client.is_watching = False

    def remove_or_let_in(self) -> None:
        account_id = self.chance.choice(PEOPLE)
        if account_id in self.truth.members:
            self.truth.members.discard(account_id)
            self.truth.commit(removed=account_id)
        else:
            self.truth.members.add(account_id)
            self.truth.commit()
        self.announce(1)

    def check_heads(self) -> None:
        self.checks += [asyncio.get_running_loop().create_task(node.head_check.check()) for node in self.nodes]

    def trim_or_restore(self) -> None:
        if self.may_restore and self.chance.random() < 0.4:
            self.forget_announced()
            self.truth.restore(self.chance.randrange(self.truth.floor, len(self.truth.changes) + 1))
        elif self.chance.random() < 0.5:
            self.truth.floor = self.chance.randrange(self.truth.floor, len(self.truth.changes) + 1)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.rule("R-10", "R-21")
async def test_every_session_gets_every_change_once_and_in_order(seed: int) -> None:
    story = Story(seed)
    await story.tell()
    for client in story.clients:
        if client.account_id in story.truth.members:
            assert client.is_watching, client.resyncs
            assert client.seq == len(story.truth.changes)
            assert client.epoch == str(story.truth.epoch)
        else:
            assert not client.is_watching
    await story.end()
    gc.collect()  # a task that failed tells it when it goes
    asyncio.get_running_loop().set_exception_handler(None)
    assert not story.errors, story.errors
