"""How much one socket may ask for."""

from typing import Final

MESSAGES_PER_SECOND: Final = 250.0
BURST: Final = 1_000.0
"""An outbox that was filled in a day offline goes through; a loop gone wild does not."""


class TokenBucket:
    """Fills at a steady rate up to a limit; every message takes one out."""

    __slots__ = ("_at", "_level")

    def __init__(self, now: float) -> None:
        self._at = now
        self._level = BURST

    def take(self, now: float) -> bool:
        """Whether there is one more; `now` is in seconds of a clock that only goes forward."""
        self._level = min(BURST, self._level + (now - self._at) * MESSAGES_PER_SECOND)
        self._at = now
        if self._level < 1:
            return False
        self._level -= 1
        return True
