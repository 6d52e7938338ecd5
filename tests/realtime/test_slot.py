"""What a beat brings to whom. Without sockets, without a clock."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, cast
from uuid import UUID

import pytest

from realtime.board import ServedBoard
from realtime.frames import PING
from realtime.server_frames import heads_frame
from realtime.session import Session
from realtime.sessions import NEIGHBOURS, SLOTS, Sessions
from realtime.slot import Slot
from tracker.change_log import Head
from tracker.identity import Identity

NOON = 1_800_000_000.0
EPOCH = UUID(int=9)
SIGNED_IN = Identity(UUID(int=10), UUID(int=11), datetime.fromtimestamp(NOON, UTC))


def board(number: int, seq: int) -> ServedBoard:
    return ServedBoard(UUID(int=number), Head(EPOCH, seq, 0), (), 0.0)


@dataclass
class End:
    """As much of a link as a slot knows."""

    number: int = field(default_factory=count(1).__next__)
    is_held: bool = False
    silent: set[int] = field(default_factory=set)

    def says_something(self) -> None:
        self.silent.discard(self.number)


@dataclass(eq=False)
class Somebody:
    """As much of a session as a slot knows."""

    boards: tuple[ServedBoard, ...] = ()
    expires: float = NOON
    clogged_at: float | None = None
    account_id: UUID = SIGNED_IN.account_id
    identity: Identity = SIGNED_IN
    link: End = field(default_factory=End)

    def followed(self) -> tuple[ServedBoard, ...]:
        return self.boards


def joined(slot: Slot, *people: Somebody) -> None:
    for somebody in people:
        slot.add(cast(Session, somebody))
    slot.settle()


def changed(slot: Slot, somebody: Somebody) -> None:
    slot.changed(cast(Session, somebody))
    slot.settle()


def heads(*boards: ServedBoard) -> bytes:
    return heads_frame({board.board_id: board.seq for board in boards})


def gone(slot: Slot) -> list[Any]:
    return list(slot.gone())


def test_each_beat_brings_the_heads_of_the_boards_and_every_second_one_a_ping() -> None:
    slot, one, other = Slot(), board(1, 7), board(2, 3)
    ada, bo, cy = Somebody((one, other)), Somebody((one,)), Somebody((one,))
    joined(slot, ada, bo, cy)
    for _ in range(2):
        assert slot.beat() == {
            ada.link.number: heads(one, other) + PING,
            bo.link.number: heads(one) + PING,
            cy.link.number: heads(one) + PING,
        }
        one.seq += 1
        assert slot.beat() == {
            ada.link.number: heads(one, other),
            bo.link.number: heads(one),
            cy.link.number: heads(one),
        }


def test_who_follows_nothing_gets_a_ping_with_each_beat() -> None:
    slot, ada = Slot(), Somebody()
    joined(slot, ada)
    for _ in range(3):
        assert slot.beat() == {ada.link.number: PING}


def test_who_follows_other_boards_than_before_hears_of_those() -> None:
    slot, one, other = Slot(), board(1, 7), board(2, 3)
    ada, bo = Somebody((one,)), Somebody((one,))
    joined(slot, ada, bo)
    ada.boards = (other,)
    changed(slot, ada)
    slot.beat()
    assert slot.beat() == {ada.link.number: heads(other), bo.link.number: heads(one)}
    ada.boards = ()
    changed(slot, ada)
    assert slot.beat()[ada.link.number] == PING


def test_who_clogged_gets_nothing_until_it_drained() -> None:
    slot, one = Slot(), board(1, 7)
    ada, bo = Somebody((one,)), Somebody((one,))
    joined(slot, ada, bo)
    ada.clogged_at = 5.0
    changed(slot, ada)
    assert list(slot.beat()) == [bo.link.number]
    assert cast(list[Any], slot.clogged()) == [ada]
    ada.clogged_at = None
    changed(slot, ada)
    assert set(slot.beat()) == {ada.link.number, bo.link.number}
    assert not slot.clogged()


def test_who_left_gets_nothing_and_is_not_missed() -> None:
    slot, one = Slot(), board(1, 7)
    ada, bo, cy = Somebody((one,)), Somebody((one,)), Somebody(clogged_at=1.0)
    joined(slot, ada, bo, cy)
    slot.beat()
    for somebody in (ada, cy):
        slot.changed(cast(Session, somebody))
        slot.discard(cast(Session, somebody))
    slot.settle()
    assert gone(slot) == [bo.link]
    assert list(slot.beat()) == [bo.link.number]
    assert not slot.clogged()
    assert cast(list[Any], slot.sessions()) == [bo]
    assert slot.expired(NOON) == slot.sessions()


def test_boards_that_nobody_follows_any_more_are_forgotten() -> None:
    slot, one, other = Slot(), board(1, 7), board(2, 3)
    ada, bo = Somebody((one,)), Somebody((one, other))
    joined(slot, ada, bo)
    bo.boards = (one,)
    changed(slot, bo)
    assert list(slot._groups) == [(one,)]
    for somebody in (ada, bo):
        slot.discard(cast(Session, somebody))
    assert not slot._groups


def test_gone_is_who_was_asked_and_said_nothing_while_it_was_read() -> None:
    slot, one = Slot(), board(1, 7)
    ada, bo, cy = Somebody((one,)), Somebody((one,)), Somebody((one,))
    joined(slot, ada, bo, cy)
    assert not gone(slot)
    slot.beat()
    ada.link.says_something()
    cy.link.is_held = True
    assert gone(slot) == [bo.link]
    bo.link.says_something()
    slot.beat()
    assert not gone(slot), "nobody was asked"


def test_who_goes_on_in_another_slot_is_heard_there() -> None:
    left, entered = Slot(), Slot()
    ada = Somebody((board(1, 7),))
    joined(left, ada)
    left.beat()
    left.discard(cast(Session, ada))
    joined(entered, ada)
    assert not gone(entered), "it was asked before it came"
    entered.beat()
    ada.link.says_something()
    assert not gone(entered)
    assert not gone(left)


def test_who_follows_nothing_is_asked_by_each_beat() -> None:
    slot, ada = Slot(), Somebody()
    joined(slot, ada)
    for _ in range(3):
        slot.beat()
        assert gone(slot) == [ada.link]
        ada.link.says_something()
        assert not gone(slot)


def test_expired_is_whose_moment_has_come_however_others_came_and_went() -> None:
    slot = Slot()
    ada, bo, cy = (Somebody(expires=NOON + 60 * minutes) for minutes in (2, 1, 3))
    joined(slot, ada, bo, cy)
    assert not slot.expired(NOON)
    assert cast(list[Any], slot.expired(NOON + 60)) == [bo]
    slot.discard(cast(Session, bo))
    assert not slot.expired(NOON + 119)
    assert cast(list[Any], slot.expired(NOON + 120)) == [ada]
    assert cast(list[Any], slot.expired(NOON + 180)) == [ada, cy]


def test_one_that_cannot_be_looked_at_is_in_the_way_of_nobody() -> None:
    slot, one = Slot(), board(1, 7)
    ada, bo = Somebody(cast(Any, [one])), Somebody((one,))
    with pytest.raises(TypeError):
        joined(slot, ada)
    joined(slot, bo)
    assert list(slot.beat()) == [bo.link.number]


def a_round(sessions: Sessions) -> list[set[int]]:
    """The numbers of the sockets that each second of a round beats for."""
    return [set(sessions.due(second).beat()) for second in range(SLOTS)]


def test_sockets_that_were_opened_one_after_the_other_share_a_beat_and_no_second_has_many_more_than_others() -> None:
    sessions = Sessions()
    people = {number: Somebody(link=End(number)) for number in range(2 * SLOTS * NEIGHBOURS + NEIGHBOURS // 2)}
    for somebody in people.values():
        sessions.signed_in(cast(Session, somebody))
    beats = a_round(sessions)
    assert sum(map(len, beats)) == len(people)
    assert {len(beat) for beat in beats} == {2 * NEIGHBOURS, 2 * NEIGHBOURS + NEIGHBOURS // 2}
    first = set(range(NEIGHBOURS))
    assert [beat & first for beat in beats if beat & first] == [first]


def test_who_goes_on_with_another_sign_in_keeps_its_beat() -> None:
    sessions = Sessions()
    people = [Somebody(link=End(number)) for number in range(3 * NEIGHBOURS)]
    for somebody in people:
        sessions.signed_in(cast(Session, somebody))
    before = a_round(sessions)
    for somebody in reversed(people):
        sessions.left(cast(Session, somebody))
        sessions.signed_in(cast(Session, somebody))
    assert a_round(sessions) == before
