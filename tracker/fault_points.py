"""Places where a test ends this process as a power cut would. Nothing happens there unless a test's setting says so."""

import os
from collections.abc import Mapping
from signal import SIGKILL
from typing import Final, Literal

FaultPoint = Literal["committed"]
"""`committed`: the transaction is committed, and nobody has been told of it."""


class FaultPoints:
    """Counts how often each point is reached, and ends the process at the given time, counted from 1."""

    def __init__(self, deadly: Mapping[FaultPoint, int]) -> None:
        self._left: dict[FaultPoint, int] = dict(deadly)

    def reach(self, point: FaultPoint) -> None:
        """The work has come to this point."""
        if point in self._left:
            self._left[point] -= 1
            if self._left[point] == 0:
                os.kill(os.getpid(), SIGKILL)


NO_FAULTS: Final = FaultPoints({})
