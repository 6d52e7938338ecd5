"""What is read out of Locust's figures."""

from loadtests.load import figures_of

FOUND = [
    {"name": "tick", "num_requests": 100, "num_failures": 2, "response_times": {"3": 90, "10": 9, "200": 1}},
    {"name": "never", "num_requests": 0, "num_failures": 0, "response_times": {}},
]


def test_locusts_counts_become_percentiles() -> None:
    figures = {figure.what: figure.value for figure in figures_of(FOUND)}

    assert figures == {"tick: times": 100, "tick: median": 3, "tick: p99": 10, "failed": 2}


def test_a_failure_misses_the_target() -> None:
    assert [figure.is_reached for figure in figures_of(FOUND) if figure.what == "failed"] == [False]
