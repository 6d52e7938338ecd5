"""The last changes of a board, kept by the node so that a short absence costs no query."""

from collections import deque
from typing import Final

from tracker.change_log import LoggedChange

RING_CHANGES: Final = 512
RING_BYTES: Final = 524_288
"""Per board, whichever limit comes first: a thousand served boards stay below half a gigabyte at worst, and a usual
change of 300 bytes reaches the other limit at 150 KiB."""


class Ring:
    """Changes that follow each other, the oldest dropped first."""

    __slots__ = ("_bytes", "_changes")

    def __init__(self) -> None:
        self._changes: deque[LoggedChange] = deque()
        self._bytes = 0

    def append(self, change: LoggedChange) -> None:
        """Keep a change that follows the newest one."""
        self._changes.append(change)
        self._bytes += len(change.body)
        while len(self._changes) > RING_CHANGES or self._bytes > RING_BYTES:
            self._bytes -= len(self._changes.popleft().body)

    def clear(self) -> None:
        """Forget all."""
        self._changes.clear()
        self._bytes = 0

    def after(self, seq: int, limit_bytes: int) -> list[LoggedChange]:
        """The changes that follow `seq`, at least one and up to about `limit_bytes`; none if the next is not here."""
        if not self._changes or not self._changes[0].seq <= seq + 1 <= self._changes[-1].seq:
            return []
        found: list[LoggedChange] = []
        total = 0
        for place in range(seq + 1 - self._changes[0].seq, len(self._changes)):
            change = self._changes[place]
            found.append(change)
            total += len(change.body)
            if total >= limit_bytes:
                break
        return found
