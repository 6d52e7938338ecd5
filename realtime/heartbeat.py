"""One timer for all sockets of the process.

Each second it looks after those that have yet to say hello and beats for a fifteenth of the sessions: heads of the
boards they watch, and with every second beat a ping, because unacknowledged bytes alone show nothing for a quarter of
an hour. Whoever has said nothing by the beat after a ping, not even a pong, is gone: 15 to 45 seconds after their last
word. To hear somebody costs a node more than to tell them something, so nobody is asked more often than that needs.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog

from realtime.board import ServedBoard
from realtime.cancel import cancel
from realtime.close_codes import CloseCode
from realtime.frames import PING
from realtime.parts import Parts
from realtime.served_boards import ServedBoards
from realtime.server_frames import heads_frame
from realtime.session import Session
from realtime.watch import Phase, Watch

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
        moment = self._parts.clock()
        due = self._parts.sessions.in_slot(self._second)
        self._second += 1
        is_cut_off = self._knows_nothing()
        beats = _Beats()
        for session in due:
            self._look_after(session, now, moment, beats, is_cut_off=is_cut_off)

    def _look_after(self, session: Session, now: float, moment: datetime, beats: "_Beats", *, is_cut_off: bool) -> None:
        if session.identity.expires_at <= moment:
            session.end(CloseCode.NOT_AUTHENTICATED, "the token has expired")
        elif is_cut_off:
            # A beat would tell that all is well. Elsewhere it may be; and if not, people shall know it.
            session.end(CloseCode.RESTARTING, "this node is cut off")
        elif session.clogged_at is not None:
            if now - session.clogged_at >= CLOGGED_SECONDS:
                session.end(CloseCode.TOO_SLOW, "too slow for too long")
        elif not session.link.was_heard and session.is_read():
            session.link.abort()
        else:
            followed = _followed(session)
            # Who follows nothing would hear nothing without a ping.
            session.is_asked = not session.is_asked or not followed
            if session.is_asked:
                session.link.was_heard = False
            session.link.write(beats.of(followed, asks=session.is_asked))

    async def _work(self) -> None:
        while True:
            await asyncio.sleep(1)
            try:
                self.beat()
                await self._boards.close_quiet()
            except Exception:  # one socket's trouble must not stop the heart for all
                log.exception("heartbeat_broke")


class _Beats:
    """What sessions get in one beat. Those who watch the same boards get the same, so it is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[ServedBoard, ...], bytes] = {}

    def of(self, followed: tuple[ServedBoard, ...], *, asks: bool) -> bytes:
        """What was handed on of each of these boards: less at the other end is a loss. `asks`: and a ping."""
        heads = self._made.get(followed)
        if heads is None:
            heads = heads_frame({board.board_id: board.seq for board in followed}) if followed else b""
            self._made[followed] = heads
        return heads + PING if asks else heads


def _followed(session: Session) -> tuple[ServedBoard, ...]:
    return tuple(
        [watch.board for watch in session.watches.values() if isinstance(watch, Watch) and watch.phase is Phase.LIVE]
    )
