"""A node's clock that can be put forward, so that no test has to wait for a token to expire."""

from time import time


class WallClock:
    """The present, and what it was put forward by."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def __call__(self) -> float:
        return time() + self._ahead

    def put_forward(self, seconds: float) -> None:
        self._ahead += seconds
