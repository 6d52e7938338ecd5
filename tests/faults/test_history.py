"""The judge must be able to condemn: each promise is broken on paper, and named."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.faults.history import History, Replica, Seen, Truth, broken_promises

BOARD, ADA, BO = "board", "ada", "bo"
TASK = ("task", "t")


def good_history() -> History:
    history = History()
    for seq, command in ((1, "c1"), (2, "c2")):
        history.said(command, BOARD, 0.0)
        history.answered(command, "done", 1.0)
        history.seen.append(Seen("phone", ADA, BOARD, seq, command, 0.5, 0.6, 0.1))
    return history


TRUTH = Truth(BOARD, 2, [(1, "c1"), (2, "c2")], {TASK: {"title": "Run"}})
REPLICA = Replica("phone", BOARD, 2, {TASK: {"title": "Run"}})

Judged = tuple[History, Truth, Replica]


def test_a_good_run_is_not_condemned() -> None:
    assert broken_promises(good_history(), [TRUTH], [REPLICA]) == []


def _acknowledged_and_lost(history: History, truth: Truth, replica: Replica) -> Judged:
    return history, replace(truth, log=[(1, "c1"), (2, "c3")]), replica


def _done_twice(history: History, truth: Truth, replica: Replica) -> Judged:
    return history, replace(truth, seq=3, log=[*truth.log, (3, "c2")]), replace(replica, seq=3)


def _another_copy(history: History, truth: Truth, replica: Replica) -> Judged:
    return history, truth, replace(replica, records={TASK: {"title": "Walk"}})


def _an_older_copy(history: History, truth: Truth, replica: Replica) -> Judged:
    return history, truth, replace(replica, seq=1)


def _a_hole(history: History, truth: Truth, replica: Replica) -> Judged:
    return history, replace(truth, log=[(1, "c1"), (3, "c2")]), replica


def _seen_after_removal(history: History, truth: Truth, replica: Replica) -> Judged:
    return history, replace(truth, removals={ADA: 1}), replica


def _never_answered(history: History, truth: Truth, replica: Replica) -> Judged:
    history.said("c9", BOARD, 2.0)
    return history, truth, replica


@pytest.mark.parametrize(
    ("promise", "spoil"),
    [
        ("I1", _acknowledged_and_lost),
        ("I2", _done_twice),
        ("I3", _another_copy),
        ("I3", _an_older_copy),
        ("I4", _a_hole),
        ("I5", _seen_after_removal),
        ("I6", _never_answered),
    ],
)
def test_a_broken_promise_is_named(promise: str, spoil: Callable[[History, Truth, Replica], Judged]) -> None:
    history, truth, replica = spoil(good_history(), TRUTH, REPLICA)
    (sentence,) = broken_promises(history, [truth], [replica])
    assert sentence.startswith(promise)
