"""How long a node may take to leave."""

from typing import Final

NOTICE_SHARE: Final = 0.25
"""Of the drain's seconds, on top of them: with the default it is longer than deploy/Caddyfile's `health_interval`. A
socket that is let go before its gateway knows would be sent straight back here."""

REST_SECONDS: Final = 15
"""For commands that have five seconds to be answered, and for closing all that is open."""


def longest_stop(drain_seconds: float) -> float:
    """Seconds after which a node that was asked to stop is not going to."""
    return drain_seconds * (1 + NOTICE_SHARE) + REST_SECONDS
