"""A node's clock that can be put forward, so that no test has to wait for a token to expire."""

from datetime import datetime, timedelta

from tracker.execute import utc_now


class WallClock:
    """The present, and what it was put forward by."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self._ahead

    def put_forward(self, seconds: float) -> None:
        self._ahead += timedelta(seconds=seconds)
