"""How late a change may come that nobody announced."""

import pytest

from realtime.head_check import DEAF_PERIOD_SECONDS, PERIOD_SECONDS, SHORTEST_PAUSE_SECONDS
from realtime.repair import GRACE_SECONDS

PROMISED_SECONDS = 2.0
QUERIES_SECONDS = 0.4
"""Left for one query of heads and one page of the log on a busy database."""


@pytest.mark.rule("R-13")
def test_a_change_that_nobody_announced_has_two_seconds_to_arrive() -> None:
    assert PERIOD_SECONDS + SHORTEST_PAUSE_SECONDS + GRACE_SECONDS + QUERIES_SECONDS <= PROMISED_SECONDS


def test_a_deaf_node_asks_more_often() -> None:
    assert DEAF_PERIOD_SECONDS < PERIOD_SECONDS
