"""What is counted by plain arithmetic reads as prometheus_client's own counters do."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.registry import Collector

from tracker import tally
from tracker.tally import Spread, Tallies

BOUNDS = (0.1, 1, 10)
AMOUNTS = (0.05, 0.1, 0.2, 1, 3, 10, 11)


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def ours() -> Iterator[list[Collector]]:
    """Those that a test makes; no other test sees them."""
    made: list[Collector] = []
    yield made
    for collector in made:
        REGISTRY.unregister(collector)


def text_of(*collectors: Collector) -> str:
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    return re.sub(r"(_created\S*) \d\S+", r"\1 <then>", generate_latest(registry).decode())


def test_a_tally_reads_as_a_counter(registry: CollectorRegistry, ours: list[Collector]) -> None:
    tallies, counter = Tallies("of_tests", "Tests."), Counter("of_tests", "Tests.", registry=registry)
    ours.append(tallies)
    first = tallies.of()
    assert text_of(tallies) == text_of(counter)
    first.value += 3
    counter.inc(3)
    assert "of_tests_total 3.0" in text_of(tallies)
    assert text_of(tallies) == text_of(counter)
    assert REGISTRY.get_sample_value("of_tests_total") == 3


def test_tallies_read_as_a_counter_with_a_label(registry: CollectorRegistry, ours: list[Collector]) -> None:
    tallies, counter = Tallies("of_tests", "Tests.", "kind"), Counter("of_tests", "Tests.", ["kind"], registry=registry)
    ours.append(tallies)
    assert text_of(tallies) == text_of(counter)
    for kind in ("quick", "slow", "quick"):
        tallies.of(kind).value += 1
        counter.labels(kind).inc()
    assert 'of_tests_total{kind="quick"} 2.0' in text_of(tallies)
    assert text_of(tallies) == text_of(counter)


@pytest.mark.parametrize("limit", [tally.FRESH_LIMIT, 3])
def test_a_spread_reads_as_a_histogram(
    registry: CollectorRegistry, ours: list[Collector], monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(tally, "FRESH_LIMIT", limit)
    spread, histogram = (
        Spread("of_tests", "Tests.", BOUNDS),
        Histogram("of_tests", "Tests.", buckets=BOUNDS, registry=registry),
    )
    ours.append(spread)
    assert text_of(spread) == text_of(histogram)
    for amount in AMOUNTS:
        spread.observe(amount)
        histogram.observe(amount)
        assert len(spread._fresh) < limit
    assert 'of_tests_bucket{le="1.0"} 4.0' in text_of(spread)
    assert text_of(spread) == text_of(histogram)


def test_where_the_environment_wants_no_created_series_there_are_none() -> None:
    page_of_all = """
from prometheus_client import Counter, Histogram, generate_latest
from tracker.tally import Spread, Tallies

Counter("one_of_theirs", "Tests.").inc()
Histogram("two_of_theirs", "Tests.").observe(1)
Tallies("one_of_ours", "Tests.", "kind").of("quick").value += 1
Spread("two_of_ours", "Tests.", [1]).observe(1)
print(generate_latest().decode())
"""
    environment = os.environ | {"PROMETHEUS_DISABLE_CREATED_SERIES": "true"}
    page = subprocess.check_output([sys.executable, "-c", page_of_all], env=environment, text=True)
    assert 'one_of_ours_total{kind="quick"} 1.0' in page
    assert "two_of_ours_count 1.0" in page
    assert "_created" not in page
