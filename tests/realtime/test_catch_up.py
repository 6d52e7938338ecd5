"""What a session that is behind is told when the log it needs is not there any more."""

import asyncio
import random
from uuid import UUID, uuid4

import pytest

from realtime.log_reader import Page
from tests.realtime.simulation import BOARD, Client, SimulatedNode, Truth

ADA = UUID(int=1)


class Shelf:
    """A board with 50 changes, of which the node has the last five, and a client that is far behind."""

    def __init__(self) -> None:
        self.truth = Truth(random.Random(1))
        self.truth.members.add(ADA)
        for _ in range(50):
            self.truth.commit()
        self.node = SimulatedNode(self.truth)
        self.client = Client(self.node, self.truth, ADA)

    async def reach_the_log(self) -> None:
        """Come as far as the query of the log."""
        self.client.watch(str(self.truth.epoch), 1)
        while not any(watch.reading for board in self.node.hub.boards.values() for watch in board.behind):
            self.truth.release()
            await asyncio.sleep(0)

    async def let_it_read(self) -> None:
        self.truth.is_quiet = True
        for _ in range(100):
            self.truth.release()
            await asyncio.sleep(0)
            self.client.wire.drain()
        self.client.read()


async def test_it_reads_the_log_page_by_page() -> None:
    shelf = Shelf()
    await shelf.reach_the_log()
    await shelf.let_it_read()
    assert shelf.client.seq == 50


@pytest.mark.parametrize("reason", ["epoch", "trimmed", "ahead", "not_found"])
@pytest.mark.rule("R-12")
async def test_a_log_that_changed_meanwhile_ends_the_watch(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    await shelf.reach_the_log()
    if reason == "epoch":
        shelf.truth.epoch = uuid4()
    elif reason == "trimmed":
        shelf.truth.floor = 30
    elif reason == "ahead":
        del shelf.truth.changes[1:]
    else:

        async def gone(board_id: UUID, seq: int, limit: int) -> Page | None:
            return None

        (watch,) = shelf.node.hub.boards[BOARD].behind
        assert watch.reading is not None
        watch.reading.cancel()
        watch.reading = None
        monkeypatch.setattr(shelf.truth, "after", gone)
        shelf.node.catch_up.advance(watch)
    await shelf.let_it_read()
    assert shelf.client.resyncs == [reason]


async def test_a_client_that_leaves_meanwhile_is_not_served(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    await shelf.reach_the_log()
    (watch,) = shelf.node.hub.boards[BOARD].behind
    watch.reading = None  # a cancellation that gets lost
    shelf.client.session.received(f'{{"type":"unwatch","board_id":"{BOARD}"}}')
    await shelf.let_it_read()
    assert shelf.client.seq == 1


@pytest.mark.rule("R-18", "R-21")
async def test_who_is_removed_in_a_long_gap_has_all_up_to_there_and_nothing_after() -> None:
    shelf = Shelf()
    truth, client, node = shelf.truth, shelf.client, shelf.node
    client.take_snapshot_and_watch()
    await shelf.let_it_read()
    assert client.is_watching
    client.wire.clog()
    for removed in (*[None] * 20, ADA, *[None] * 20):
        truth.commit(removed)
    node.hub.announced(BOARD, truth.epoch, tuple(truth.changes[50:]))
    await shelf.let_it_read()
    # The client compares its records with those of the log after each message.
    assert (client.seq, client.was_removed, client.resyncs) == (71, True, ["not_found"])
