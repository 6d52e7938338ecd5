"""Leaving Redis alone for a while after it failed: a call must not wait for it each time."""

import logging
import time
from typing import Final

PAUSE_SECONDS: Final = 2.0

logger = logging.getLogger(__name__)


class RedisRest:
    """Whether Redis is left alone just now. `consequence` says for the log what that means meanwhile."""

    def __init__(self, consequence: str) -> None:
        self._consequence = consequence
        self._until = 0.0

    @property
    def is_resting(self) -> bool:
        """Whether it failed a moment ago."""
        return time.monotonic() < self._until

    def begin(self, error: Exception) -> None:
        """It failed."""
        logger.warning("%s: %s", self._consequence, type(error).__name__)
        self._until = time.monotonic() + PAUSE_SECONDS
