"""What a measurement found out: figures, and curves of figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `at_most` and `at_least` are the targets, in the same unit; None where there is none."""

    what: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None without one."""
        if self.at_most is not None:
            return self.value <= self.at_most
        if self.at_least is not None:
            return self.value >= self.at_least
        return None


@dataclass(frozen=True, slots=True)
class Curve:
    """How one number moves with a size: `points` are (size, value)."""

    what: str
    unit: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What one measurement found. `left_out` says why it did not run, where it could not."""

    name: str
    title: str
    how: str
    figures: tuple[Figure, ...] = ()
    curves: tuple[Curve, ...] = ()
    left_out: str | None = None
    at: str = ""
    commit: str = ""
    others: float = 0.0
    """Cores' worth of CPU time that other programs used meanwhile."""


@dataclass(frozen=True, slots=True)
class FanOut:
    """Fan-out of one server: by the number of messages in the air."""

    server: str
    behind: str
    """What stands behind it: how much it does for a message."""
    deliveries_per_second: dict[int, float] = field(default_factory=dict)
    microseconds_per_delivery: dict[int, float] = field(default_factory=dict)
    bytes_per_delivery: dict[int, float] = field(default_factory=dict)
    task_clock_microseconds: dict[int, float] = field(default_factory=dict)
    """CPU time of a delivery by the task clock, where the kernel tells (`tool.Report.task_clock_seconds`)."""
    missing: int = 0
    """Deliveries that had not come five seconds after the last message was sent."""
    left_out: str | None = None
    at: str = ""
    commit: str = ""
    others: float = 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0 to 1) of all values do not exceed. Raises `ValueError` without values."""
    if not values:
        raise ValueError("no values")
    rank = max(1, math.ceil(len(values) * share))
    return sorted(values)[rank - 1]


def ratio(ours: float, theirs: float) -> float | None:
    """How many times theirs ours is; None where theirs is nothing."""
    return ours / theirs if theirs else None
