"""One timer for all sockets of the process.

Each second it looks after those that have yet to say hello and beats for a fifteenth of the sessions: heads of the
boards they watch, and with every second beat a ping, because unacknowledged bytes alone show nothing for a quarter of
an hour. Whoever has said nothing by the beat after a ping, not even a pong, is gone: 15 to 45 seconds after their last
word. To hear somebody costs a node more than to tell them something, so nobody is asked more often than that needs.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from realtime.cancel import cancel
from realtime.close_codes import CloseCode
from realtime.loop_turn import write_each
from realtime.parts import Parts
from realtime.served_boards import ServedBoards

CLOGGED_SECONDS: Final = 30.0
"""How long a reader may take for what lies in the buffers before it is closed; it comes back and catches up."""


log = structlog.get_logger()


class Heartbeat:
    """Beats once a second. `knows_nothing` is whether neither PostgreSQL nor Redis tells this node anything."""

    def __init__(self, parts: Parts, boards: ServedBoards, knows_nothing: Callable[[], bool]) -> None:
        self._parts = parts
        self._boards = boards
        self._knows_nothing = knows_nothing
        self._second = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to beat."""
        self._task = asyncio.create_task(self._work(), name="heartbeat")

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            await cancel(self._task)
            self._task = None

    def beat(self) -> None:
        """What is due in one second. Does not wait for anything."""
        now = self._parts.now()
        for arrival in [arrival for arrival in self._parts.sessions.arrivals if arrival.deadline <= now]:
            arrival.end_late()
        self._second += 1
        slot = self._parts.sessions.due(self._second)
        for session in slot.expired(self._parts.clock()):
            session.end(CloseCode.NOT_AUTHENTICATED, "the token has expired")
        if self._knows_nothing():
            # A beat would tell that all is well. Elsewhere it may be; and if not, people shall know it.
            for session in slot.sessions():
                session.end(CloseCode.RESTARTING, "this node is cut off")
        for session in slot.clogged():
            if session.clogged_at is not None and now - session.clogged_at >= CLOGGED_SECONDS:
                session.end(CloseCode.TOO_SLOW, "too slow for too long")
        for link in slot.gone():
            link.abort()
        write_each(slot.beat())

    async def _work(self) -> None:
        while True:
            await asyncio.sleep(1)
            try:
                self.beat()
                self._boards.close_quiet()
            except Exception:  # one socket's trouble must not stop the heart for all
                log.exception("heartbeat_broke")
