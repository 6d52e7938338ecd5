"""The hub alone; how it hands on is driven through every interleaving in `test_interleavings`."""

from uuid import UUID

from realtime.hub import Hub
from tracker.change_log import Head, LoggedChange

BOARD, EPOCH, OTHER, NOWHERE = (UUID(int=n) for n in range(1, 5))


def nothing(*_: object) -> None:
    """What these tests do not look at."""


def test_an_announcement_is_for_a_board_that_is_served() -> None:
    hub = Hub(nothing, nothing, nothing, nothing, nothing)
    hub.opened(BOARD, Head(EPOCH, 5, 0), [], 0.0)
    hub.expect(OTHER)
    change = LoggedChange(6, b"")
    assert [hub.announced(board_id, EPOCH, [change]) for board_id in (BOARD, OTHER, NOWHERE)] == [True, False, False]
