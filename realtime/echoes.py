"""What a node has told itself and hears from Redis a moment later, as all nodes do.

To look into an announcement only to find that all of it is here took a lone command's node a thirtieth of its time.
"""

from typing import Final

EXPECTED_LIMIT: Final = 256
"""Announcements of one transaction and a few more. They come within a millisecond, or Redis has lost them."""

BYTES_LIMIT: Final = 16_384
"""Of an announcement that is worth keeping: with a long one, looking into it is not what takes long."""


class Echoes:
    """The announcements that will come back."""

    def __init__(self) -> None:
        self._expected: set[bytes] = set()

    def expect(self, payload: bytes) -> None:
        """An announcement was taken in here, and will be heard."""
        if len(self._expected) == EXPECTED_LIMIT:
            self._expected.clear()
        if len(payload) <= BYTES_LIMIT:
            self._expected.add(payload)

    def is_one(self, payload: bytes) -> bool:
        """Whether this is what was expected. Once: should it come again, it is looked at like others."""
        if payload not in self._expected:
            return False
        self._expected.remove(payload)
        return True
