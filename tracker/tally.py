"""What is counted at every command: plain numbers, put together only when somebody reads the metrics.

prometheus_client's own counters take a lock and four calls each time, for threads that a node does not have.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from time import time
from typing import Final

from prometheus_client import REGISTRY, Counter, Metric
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString
from typing_extensions import override

FRESH_LIMIT: Final = 1_000
"""Amounts that a histogram takes before it looks where they belong. One after the other that is a fraction of what it
takes in the midst of something else: 20 us of a lone command."""

_THEIRS: Final = Counter("theirs", "A counter of prometheus_client's own, on no page.", registry=None)


class Tally:
    """A number that only grows: add to `value`."""

    __slots__ = ("since", "value")

    def __init__(self) -> None:
        self.value = 0
        self.since: Final = time()


class Tallies(Collector):
    """A counter: a tally for each value of its `label`, or without one a single tally."""

    def __init__(self, name: str, documentation: str, *label: str) -> None:
        self._name = name
        self._documentation = documentation
        self._label = label
        self._tallies: dict[tuple[str, ...], Tally] = {}
        REGISTRY.register(self)

    def of(self, *value: str) -> Tally:
        """The tally of this value of the label."""
        tally = self._tallies.get(value)
        if tally is None:
            tally = self._tallies[value] = Tally()
        return tally

    @override
    def collect(self) -> Iterator[Metric]:
        counter = CounterMetricFamily(self._name, self._documentation, labels=self._label)
        has_created = _has_created()
        for value, tally in self._tallies.items():
            counter.add_metric(value, tally.value, created=tally.since if has_created else None)
        yield counter


class Spread(Collector):
    """A histogram with these upper bounds, in ascending order."""

    def __init__(self, name: str, documentation: str, bounds: Sequence[float]) -> None:
        self._name = name
        self._documentation = documentation
        self._bounds = (*bounds, float("inf"))
        self._counts = [0] * len(self._bounds)
        self._sum = 0.0
        self._fresh: list[float] = []
        self._since = time()
        REGISTRY.register(self)

    def observe(self, amount: float) -> None:
        """Count one more, of this amount."""
        self._fresh.append(amount)
        if len(self._fresh) == FRESH_LIMIT:
            self._sort_in()

    def _sort_in(self) -> None:
        for amount in self._fresh:
            self._counts[bisect_left(self._bounds, amount)] += 1
        self._sum += sum(self._fresh)
        self._fresh.clear()

    @override
    def collect(self) -> Iterator[Metric]:
        self._sort_in()
        reached = accumulate(self._counts)
        buckets = [(_written(bound), float(count)) for bound, count in zip(self._bounds, reached, strict=True)]
        histogram = HistogramMetricFamily(self._name, self._documentation, buckets, self._sum)
        if _has_created():
            histogram.add_sample(f"{self._name}_created", {}, self._since)
        yield histogram


def _has_created() -> bool:
    """Whether `_created` is written. prometheus_client has decided that, and only metrics of its own show how."""
    return any(sample.name.endswith("_created") for metric in _THEIRS.collect() for sample in metric.samples)


def _written(bound: float) -> str:
    written: str = floatToGoString(bound)  # type: ignore[no-untyped-call] # prometheus_client leaves it so
    return written
