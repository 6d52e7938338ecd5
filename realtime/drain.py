"""Letting go of all sockets before a node ends: spread over seconds, so that the other nodes are not stormed."""

import asyncio
from collections.abc import Iterable
from typing import Final

from realtime.close_codes import CloseCode
from realtime.session import Session
from realtime.sessions import Sessions

STEP_SECONDS: Final = 0.05
COMMAND_SECONDS: Final = 5.0
"""How long a session's commands may take until its socket closes without their answers. They are done all the same."""


async def drain(sessions: Sessions, seconds: float) -> None:
    """Close every socket with `bye` and 1012 within about `seconds`, each when its commands are answered."""
    for arrival in list(sessions.arrivals):
        arrival.end(CloseCode.RESTARTING, "the node restarts")
    leaving = sessions.everyone()
    steps = max(1, int(seconds / STEP_SECONDS))
    share = -(-len(leaving) // steps)
    async with asyncio.TaskGroup() as group:
        for first in range(0, len(leaving), max(1, share)):
            group.create_task(_close(leaving[first : first + share]))
            await asyncio.sleep(STEP_SECONDS)


async def _close(sessions: Iterable[Session]) -> None:
    """Close these; who still has commands with the door comes last."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + COMMAND_SECONDS
    busy = list(sessions)
    while busy:
        is_late = loop.time() >= deadline
        for session in busy:
            if is_late or not session.commands_in_flight:
                session.end(CloseCode.RESTARTING, "the node restarts")
        busy = [session for session in busy if not session.is_over]
        if busy:
            await asyncio.sleep(STEP_SECONDS)
