"""Ending a socket in a way that its client understands."""

import random
from typing import Final

from realtime import metrics
from realtime.close_codes import CloseCode
from realtime.link import Link
from realtime.messages import Bye
from realtime.server_frames import frame_of

RECONNECT_MS: Final = 1_000
"""Clients come back at a random moment within this, so that many that are closed together do not come as one."""


def say_farewell(link: Link, code: CloseCode, reason: str, reconnect_ms: int | None = None) -> None:
    """Say `bye`, then close with the code that says whether to come back; soon, if it does not matter when."""
    metrics.closes.labels(code.name.lower()).inc()
    if reconnect_ms is None:
        reconnect_ms = random.randint(0, RECONNECT_MS)  # noqa: S311 - no secret
    link.write(frame_of(Bye(code=code, reconnect_ms=reconnect_ms)))
    link.close(code, reason)
