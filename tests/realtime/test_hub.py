"""The hub alone; how it hands on is driven through every interleaving in `test_interleavings`."""

from uuid import UUID

from realtime.hub import Hub
from tracker.change_log import Head, LoggedChange

BOARD, EPOCH, OTHER = (UUID(int=n) for n in range(1, 4))


def nothing(*_: object) -> None:
    """What these tests do not look at."""


def test_a_repeat_is_what_a_served_board_has_in_this_life_of_its_log() -> None:
    hub = Hub(nothing, nothing, nothing, nothing, nothing)
    hub.opened(BOARD, Head(EPOCH, 5, 0), [], 0.0)
    hub.announced(BOARD, EPOCH, [LoggedChange(6, b"")])
    assert [hub.has(BOARD, EPOCH, seq) for seq in (1, 5, 6, 7)] == [True, True, True, False]
    assert not hub.has(BOARD, OTHER, 1)
    assert not hub.has(OTHER, EPOCH, 1)
