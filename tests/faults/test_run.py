"""Each limit of a fault must be able to be missed, and is named then."""

from collections.abc import Callable

import pytest

from tests.faults.fault import Fault, nothing_is_left
from tests.faults.history import History, Seen, Spread
from tests.faults.run import limits_missed

CALM = Fault(
    "calm",
    "nothing happens",
    nothing_is_left,
    seen_within=1.0,
    away_within=1.0,
    answered_within=1.0,
    recovered_within=1.0,
    keeps_sockets=True,
    drain_seconds=10.0,
)


def seen_after(seconds: float) -> Seen:
    return Seen("phone", "ada", "board", 1, "c1", 10.0, 10.0 + seconds, 0.0)


def in_time() -> History:
    return History(
        seen=[seen_after(0.5)],
        away_seconds=[0.5],
        answer_seconds=[0.5],
        recovery_seconds=[0.5],
        spreads=[Spread(sockets=4, seconds=0.2), Spread(sockets=2_000, seconds=9.5)],
    )


def test_what_is_in_time_is_not_late() -> None:
    assert not list(limits_missed(CALM, in_time(), equal_after=0.5))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda history: history.seen.append(seen_after(1.5)), "a change was seen after 1.5 s"),
        (lambda history: history.away_seconds.append(1.5), "one ended after 1.5 s"),
        (lambda history: history.answer_seconds.append(1.5), "an answer came after 1.5 s"),
        (lambda history: history.recovery_seconds.append(1.5), "work went on after 1.5 s"),
        (lambda history: history.spreads.append(Spread(sockets=2_000, seconds=1.5)), "2000 sockets go within 1.5 s"),
        (lambda history: setattr(history, "sockets_lost", 3), "3 sockets were lost"),
    ],
)
def test_what_is_late_is_named(spoil: Callable[[History], None], sentence: str) -> None:
    history = in_time()
    spoil(history)
    (missed,) = limits_missed(CALM, history, equal_after=0.5)
    assert sentence in missed


def test_copies_that_stay_different_for_long_are_named() -> None:
    (missed,) = limits_missed(CALM, in_time(), equal_after=11.0)
    assert "all were equal after 11.0 s" in missed
