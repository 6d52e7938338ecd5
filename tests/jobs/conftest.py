"""The same small world as the tracker's tests have."""

from tests.tracker.conftest import door, world

__all__ = ["door", "world"]
