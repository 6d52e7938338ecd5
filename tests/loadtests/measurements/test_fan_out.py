"""What counts of a server that was measured in turns."""

import pytest

from loadtests.figures import FanOut
from loadtests.measurements.fan_out import WINDOWS, by_window, collected, middle
from loadtests.tool import Report
from tests.loadtests.reports import a_report


def turn(cpu: dict[int, float], others: float = 0.0) -> FanOut:
    """A turn whose rate tells which it is."""
    return FanOut(
        "ours",
        "something",
        deliveries_per_second={window: 1 / value for window, value in cpu.items()},
        microseconds_per_delivery=cpu,
        task_clock_microseconds={window: value + 0.125 for window, value in cpu.items() if window == 8},
        bytes_per_delivery=dict.fromkeys(cpu, 200.0),
        missing=1,
        others=others,
    )


def test_the_middle_turn_counts_for_each_window_with_its_own_rate() -> None:
    found = middle([turn({1: 3.0, 8: 0.5}, 0.2), turn({1: 2.0, 8: 0.7}), turn({1: 9.0, 8: 0.6}, 0.1)])

    assert found.microseconds_per_delivery == {1: 3.0, 8: 0.6}
    assert found.deliveries_per_second == {1: 1 / 3.0, 8: 1 / 0.6}
    assert found.task_clock_microseconds == {8: 0.725}
    assert (found.missing, found.others) == (3, 0.2)


def test_a_turn_that_could_not_be_taken_leaves_the_others() -> None:
    broken = FanOut("ours", "something", left_out="it did not start")

    assert middle([broken, turn({1: 2.0, 8: 0.5})]).microseconds_per_delivery == {1: 2.0, 8: 0.5}
    assert middle([broken, broken]).left_out == "it did not start"


def test_a_window_in_which_nothing_came_in_time_is_left_to_the_other_turns() -> None:
    assert middle([turn({1: 2.0}), turn({1: 3.0, 8: 0.5})]).microseconds_per_delivery == {1: 3.0, 8: 0.5}


def test_a_window_without_a_task_clock_has_only_what_proc_says() -> None:
    found = collected(FanOut("ours", "something"), {1: a_report(task_clock_seconds=(0.3,)), 8: a_report()})

    assert found.microseconds_per_delivery == {1: 2.5, 8: 2.5}
    assert found.task_clock_microseconds == {1: pytest.approx(3.0)}


def test_what_a_server_does_first_does_not_count() -> None:
    runs: list[int] = []

    def run(*, window: int, seconds: float) -> Report:
        runs.append(window)
        return a_report(sent=len(runs))

    reports = by_window(run, 3)

    assert [reports[window].sent for window in WINDOWS] == [2, 3, 4]
    assert runs[1:] == [*WINDOWS]
