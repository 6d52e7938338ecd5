"""What the door knows of boards: for how long, how much, and what it cannot know."""

from uuid import UUID, uuid4

import pytest

from tracker.draft import Key, Records, Touch
from tracker.execute import utc_now
from tracker.known_boards import LONGEST_PAUSE_SECONDS, LONGEST_TEXTS, PAUSE_SECONDS, KnownBoards
from tracker.records import List, Task

BOARD, EPOCH, TASK = uuid4(), uuid4(), uuid4()
KEY: Key = ("task", TASK.int)
NOT_THERE: Records = {BOARD: {KEY: None}}
TOUCH = Touch(BOARD, Task, TASK)


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def learn(known: KnownBoards, seq: int, *keys: Key, epoch: UUID = EPOCH) -> None:
    """What a transaction leaves behind that saw the board at `seq` and wrote nothing."""
    known.learn([(BOARD, epoch, seq)], [(BOARD, epoch, seq)], {BOARD: dict.fromkeys(keys)})


def test_a_record_that_is_known_not_to_exist_is_known() -> None:
    known = KnownBoards()
    assert known.recall([BOARD], [TOUCH]) is None
    learn(known, 7, KEY)
    assert known.recall([BOARD], [TOUCH]) == ([(BOARD, EPOCH, 7)], NOT_THERE)


@pytest.mark.parametrize(
    "touch",
    [
        pytest.param(Touch(BOARD, Task, None), id="all of a type"),
        pytest.param(Touch(BOARD, Task, TASK, follow=(("list_id", List),)), id="what it leads to"),
        pytest.param(Touch(uuid4(), Task, TASK), id="on a board whose head is not compared"),
        pytest.param(Touch(BOARD, Task, uuid4()), id="never seen"),
        pytest.param(Touch(BOARD, List, TASK), id="of another type"),
    ],
)
def test_what_cannot_be_known_is_read(touch: Touch) -> None:
    known = KnownBoards()
    learn(known, 7, KEY)
    assert known.recall([BOARD], [TOUCH, touch]) is None


def test_what_is_read_of_a_board_that_others_moved_takes_the_place_of_all_that_was_known() -> None:
    watch, other_task = Watch(), uuid4()
    known = KnownBoards(watch)
    learn(known, 7, KEY, ("task", other_task.int))
    learn(known, 7)
    assert known.recall([BOARD], [TOUCH]) is not None
    learn(known, 8, KEY)
    assert known.recall([BOARD], [TOUCH]) is None
    watch.now += PAUSE_SECONDS
    learn(known, 8, KEY)
    assert known.recall([BOARD], [TOUCH]) == ([(BOARD, EPOCH, 8)], NOT_THERE)
    assert known.recall([BOARD], [Touch(BOARD, Task, other_task)]) is None
    assert known._records == 1


def test_nothing_is_known_of_a_board_that_does_not_exist() -> None:
    known = KnownBoards()
    known.learn([], [], NOT_THERE)
    assert known.recall([BOARD], [TOUCH]) is None


def test_the_same_seq_of_another_life_of_the_log_is_another_place() -> None:
    watch = Watch()
    known = KnownBoards(watch)
    learn(known, 7, KEY)
    new_epoch = uuid4()
    learn(known, 7, epoch=new_epoch)
    assert known.recall([BOARD], [TOUCH]) is None
    watch.now += PAUSE_SECONDS
    learn(known, 7, KEY, epoch=new_epoch)
    assert known.recall([BOARD], [TOUCH]) == ([(BOARD, new_epoch, 7)], NOT_THERE)
    learn(known, 7, epoch=new_epoch)
    assert known.recall([BOARD], [TOUCH]) is not None


def test_a_board_that_others_write_to_is_left_alone_for_ever_longer() -> None:
    watch = Watch()
    known = KnownBoards(watch)
    seq = 7

    def moves() -> float:
        """Somebody else moves the board; the seconds until something is known of it again."""
        nonlocal seq
        seq += 1
        moved = watch.now
        while True:
            learn(known, seq, KEY)
            if known.recall([BOARD], [TOUCH]) is not None:
                return watch.now - moved
            watch.now += PAUSE_SECONDS

    learn(known, seq, KEY)
    pauses = [moves() for _ in range(8)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[1], pauses[-1]) == (PAUSE_SECONDS, 2 * PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
    known.recall([BOARD], [TOUCH])
    assert moves() == PAUSE_SECONDS


def test_a_pause_is_not_longer_for_what_happens_in_it() -> None:
    watch = Watch()
    known = KnownBoards(watch)
    learn(known, 7, KEY)
    for seq in range(8, 18):
        learn(known, seq, KEY)
    watch.now += PAUSE_SECONDS
    learn(known, 17, KEY)
    assert known.recall([BOARD], [TOUCH]) is not None


def test_a_record_whose_texts_have_grown_long_is_known_no_more() -> None:
    known = KnownBoards()
    for title in ("Short", "Long" * LONGEST_TEXTS, "Longer" * LONGEST_TEXTS):
        column = List(id=TASK, title=title, position="a0", created_at=utc_now())
        known.learn([], [(BOARD, EPOCH, 7)], {BOARD: {("list", TASK.int): column}})
        assert (known.recall([BOARD], [Touch(BOARD, List, TASK)]) is not None) == (title == "Short")
        assert known._records == (title == "Short")


def test_after_a_repeat_nothing_is_recalled_for_a_while() -> None:
    watch = Watch()
    known = KnownBoards(watch)
    learn(known, 7, KEY)
    known.met_a_repeat()
    assert known.recall([BOARD], [TOUCH]) is None
    watch.now += PAUSE_SECONDS
    assert known.recall([BOARD], [TOUCH]) is not None


def test_the_boards_that_nobody_wrote_to_for_longest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.known_boards.RECORDS_KEPT", 10)
    known, boards = KnownBoards(), [uuid4() for _ in range(5)]
    for board_id in [*boards, boards[0], *boards[2:]]:
        known.learn([], [(board_id, EPOCH, 1)], {board_id: {KEY: None}})
    assert all(known.recall([board_id], [Touch(board_id, Task, TASK)]) for board_id in boards)
    learn(known, 1, KEY)
    known_boards = [board_id for board_id in boards if known.recall([board_id], [Touch(board_id, Task, TASK)])]
    assert known_boards == [boards[0], *boards[2:]]
    learn(known, 1, *(("task", uuid4().int) for _ in range(10)))
    assert known.recall([BOARD], [TOUCH]) is None
    assert (known._boards, known._records) == ({}, 0)
