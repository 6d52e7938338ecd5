"""How many sockets a node lets in at once, and when the others shall come back.

When a node ends, all its sockets come to the others. Letting a socket in costs a token, a session and its boards; more
a second than the database bears would make everybody wait. Those who are too many get a moment of their own each, so
that they do not come as one again.
"""

import math
import random
from collections.abc import Callable
from typing import Final

ADMISSIONS_PER_SECOND: Final = 500.0
"""Chosen, not measured: a thousand sockets of a node that ended are back within two seconds, and the database is asked
about at most so many sign-ins and boards a second, many of them together."""

BURST: Final = 1_000
"""Let in at once after a quiet time: an ordinary node's sockets come back without a detour."""

LONGEST_AWAY_SECONDS: Final = 60.0


class Turnstile:
    """Gives turns. `now` is the monotonic clock in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._next_turn = -math.inf
        self._next_return = 0.0

    def pass_through(self) -> bool:
        """Whether there is a turn now; it is taken."""
        now = self._now()
        turn = max(self._next_turn, now - (BURST - 1) / ADMISSIONS_PER_SECOND)
        if turn > now:
            return False
        self._next_turn = turn + 1 / ADMISSIONS_PER_SECOND
        return True

    def seconds_until_return(self) -> float:
        """When somebody who is not let in shall come back: each a little later than the one before."""
        now = self._now()
        self._next_return = max(self._next_return, now) + 1 / ADMISSIONS_PER_SECOND
        away = self._next_return - now
        if away > LONGEST_AWAY_SECONDS:
            return random.uniform(LONGEST_AWAY_SECONDS / 2, LONGEST_AWAY_SECONDS)  # noqa: S311 - no secret
        return away
