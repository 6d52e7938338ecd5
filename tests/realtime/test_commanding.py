"""Commands between a session and a door that answers when and how it likes."""

import asyncio
from typing import cast
from uuid import UUID, uuid4

import pytest

from realtime import commanding
from realtime.board import ServedBoard
from realtime.commanding import IN_FLIGHT_LIMIT, Commanding
from realtime.hub import Hub
from realtime.messages import SERVER_MESSAGE, DoneMessage, RefusedMessage
from tests.realtime.eventually import eventually
from tracker.actor import Actor
from tracker.change_log import Head
from tracker.commands.boards import BoardEdit
from tracker.commands.command import Command
from tracker.execute import Door
from tracker.refusal import Refused
from tracker.transaction import Done

BOARD = UUID(int=1)
EDIT = BoardEdit(board_id=BOARD, title="Autumn")


class DoorAtWill:
    """Answers when the test says so."""

    def __init__(self) -> None:
        self.answers: list[asyncio.Future[Done]] = []

    def submit(self, actor: Actor, command_id: UUID, command: Command) -> asyncio.Future[Done]:
        self.answers.append(asyncio.get_running_loop().create_future())
        return self.answers[-1]


class Bench:
    """One session's commanding, and what comes out of it."""

    def __init__(self) -> None:
        self.door = DoorAtWill()
        self.said: list[DoneMessage | RefusedMessage] = []
        self.room: list[bool] = []
        self.holes: list[ServedBoard] = []
        self.hub = Hub(
            lambda flush: None,
            self.holes.append,
            lambda board_id: None,
            lambda watch: None,
            lambda audience, frame: None,
        )
        self.commanding = Commanding(
            cast(Door, self.door), self.hub, self._hear, lambda done: done.seq == 7, self.room.append
        )

    def _hear(self, frame: bytes) -> None:
        message = SERVER_MESSAGE.validate_json(frame[4:] if frame[1] == 126 else frame[2:])
        assert isinstance(message, DoneMessage | RefusedMessage)
        self.said.append(message)

    def submit(self) -> UUID:
        command_id = uuid4()
        self.commanding.submit(Actor(uuid4()), command_id, EDIT)
        return command_id


@pytest.fixture
async def bench() -> Bench:
    return Bench()


async def test_a_change_that_something_kept_from_being_handed_on_is_missed_at_once(bench: Bench) -> None:
    board = bench.hub.opened(BOARD, Head(uuid4(), 6, 0), (), 0.0)
    bench.submit()
    bench.submit()
    bench.door.answers[0].set_result(Done(BOARD, 6))
    await asyncio.sleep(0)
    assert bench.holes == []
    bench.door.answers[1].set_result(Done(BOARD, 7))
    await asyncio.sleep(0)
    assert bench.holes == [board]


async def test_a_change_that_comes_by_the_watch_needs_no_other_answer(bench: Bench) -> None:
    bench.submit()
    bench.door.answers[0].set_result(Done(BOARD, 7))
    await asyncio.sleep(0)
    assert bench.said == []
    assert bench.commanding.in_flight == 0


async def test_any_other_is_answered_done(bench: Bench) -> None:
    command_id = bench.submit()
    bench.door.answers[0].set_result(Done(BOARD, 8))
    await asyncio.sleep(0)
    assert bench.said == [DoneMessage(command_id=command_id, board_id=BOARD, seq=8)]


@pytest.mark.parametrize(
    ("error", "code"),
    [(Refused("conflict", "No."), "conflict"), (ZeroDivisionError(), "unavailable"), (None, "unavailable")],
)
async def test_whatever_goes_wrong_is_answered(bench: Bench, error: Exception | None, code: str) -> None:
    command_id = bench.submit()
    if error is None:
        bench.door.answers[0].cancel()
    else:
        bench.door.answers[0].set_exception(error)
    await asyncio.sleep(0)
    (said,) = bench.said
    assert isinstance(said, RefusedMessage)
    assert (said.command_id, said.code) == (command_id, code)


async def test_at_the_limit_there_is_no_room_until_one_is_answered(bench: Bench) -> None:
    for _ in range(IN_FLIGHT_LIMIT):
        bench.submit()
    assert bench.room == [False]
    bench.door.answers[0].set_result(Done(BOARD, 7))
    await asyncio.sleep(0)
    assert bench.room == [False, True]


@pytest.mark.rule("R-28")
async def test_a_door_that_takes_too_long_is_not_waited_for_and_nothing_goes_past_what_was_before_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commanding, "ANSWER_SECONDS", 0.05)
    sent = [bench.submit() for _ in range(3)]
    bench.door.answers[0].set_result(Done(BOARD, 8))
    await eventually(lambda: len(bench.said) == len(sent))
    assert [message.command_id for message in bench.said] == sent
    assert [getattr(message, "code", "done") for message in bench.said] == ["done", "unavailable", "unavailable"]
    assert all(answer.cancelled() for answer in bench.door.answers[1:]), "the door need not do them any more"
    assert not bench.commanding.in_flight


async def refused(bench: Bench, answer: asyncio.Future[Done]) -> None:
    answer.set_exception(Refused("unavailable", "Later."))
    await asyncio.sleep(0)


def codes(bench: Bench) -> list[tuple[UUID, str]]:
    return [(said.command_id, said.code) for said in bench.said if isinstance(said, RefusedMessage)]


@pytest.mark.rule("R-48")
async def test_what_was_asked_after_a_command_that_has_to_come_again_is_not_done_before_it(bench: Bench) -> None:
    first = bench.submit()
    await refused(bench, bench.door.answers[0])
    later = bench.submit()
    await asyncio.sleep(0)
    assert codes(bench) == [(first, "unavailable"), (later, "unavailable")]
    assert len(bench.door.answers) == 1
    bench.commanding.submit(Actor(uuid4()), first, EDIT)
    bench.commanding.submit(Actor(uuid4()), later, EDIT)
    assert len(bench.door.answers) == 3


async def test_other_boards_do_not_wait_for_it(bench: Bench) -> None:
    bench.submit()
    await refused(bench, bench.door.answers[0])
    bench.commanding.submit(Actor(uuid4()), uuid4(), BoardEdit(board_id=UUID(int=2), title="Autumn"))
    assert len(bench.door.answers) == 2


async def test_a_command_that_never_comes_again_holds_up_nobody_for_ever(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commanding, "ANSWER_SECONDS", 0)
    bench.submit()
    await refused(bench, bench.door.answers[0])
    bench.submit()
    assert len(bench.door.answers) == 2
