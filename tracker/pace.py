"""Whether a goal gets there in time. The twin of client/src/sync/pace.ts; tests/vectors/pace.json runs against both."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# Binary fractions: 3 / 0.3 is a little over 10 and must still be 10 days.
ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Pace:
    """How a goal lies against the straight line from its first day (0) to its last (1).

    `days_ahead` is negative behind the line. `forecast_on` is the day on which it is done if it goes on as it has so
    far; None when nothing has moved or all is done.
    """

    expected: float
    days_ahead: int
    forecast_on: date | None


def pace(starts_on: date | None, ends_on: date | None, progress: float, today: date) -> Pace | None:
    """The pace at a day; None without a period."""
    if starts_on is None or ends_on is None or ends_on < starts_on:
        return None
    total = (ends_on - starts_on).days
    elapsed = (today - starts_on).days
    expected = float(elapsed >= 0) if total == 0 else min(1.0, max(0.0, elapsed / total))
    is_moving = 0 < progress < 1 and elapsed > 0
    forecast_on = starts_on + timedelta(days=math.ceil(elapsed / progress - ROUNDING)) if is_moving else None
    return Pace(expected, math.floor((progress - expected) * total + 0.5 + ROUNDING), forecast_on)


def needed_per_day(target_value: float, current: float, ends_on: date | None, today: date) -> float | None:
    """What every day from today to the last one must bring, in the key result's unit; None when no day is left."""
    if ends_on is None or today > ends_on:
        return None
    return (target_value - current) / ((ends_on - today).days + 1)
