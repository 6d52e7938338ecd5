"""Asking the gate which sign-ins have ended, every few seconds: what is announced on Redis may be lost.

Apart from the heartbeat: a database that does not answer must not make sockets look dead.
"""

import asyncio
from collections.abc import Iterable
from typing import Final
from uuid import UUID

import structlog

from realtime.cancel import cancel
from realtime.close_codes import CloseCode
from realtime.gate import Gate
from realtime.sessions import Sessions
from tracker.failures import OF_THE_DATABASE

PERIOD_SECONDS: Final = 4.0
ANSWER_SECONDS: Final = 5.0
"""How long an answer may take. With the period, a socket outlives its sign-in by at most 9 s, announced or not."""

log = structlog.get_logger()


class SignInCheck:
    """Closes the sockets of sign-ins that have ended."""

    def __init__(self, sessions: Sessions, gate: Gate) -> None:
        self._sessions = sessions
        self._gate = gate
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to ask."""
        self._task = asyncio.create_task(self._work(), name="sign-in check")

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            await cancel(self._task)
            self._task = None

    async def check(self) -> None:
        """Ask for all sockets of the node at once. Raises what the gate raises."""
        sign_ins = self._sessions.sign_ins()
        if sign_ins:
            async with asyncio.timeout(ANSWER_SECONDS):
                ended = await self._gate.ended(sign_ins)
            end_sign_ins(self._sessions, ended)

    async def _work(self) -> None:
        while True:
            await asyncio.sleep(PERIOD_SECONDS)
            try:
                await self.check()
            except OF_THE_DATABASE as error:
                log.warning("ended_sign_ins_unknown", reason=type(error).__name__)
            except Exception:  # whatever keeps the gate from answering, it is asked again
                log.exception("ended_sign_ins_unknown")


def end_sign_ins(sessions: Sessions, sign_ins: Iterable[UUID]) -> None:
    """Close the sockets of sign-ins that are over, and let in no more on them."""
    over = list(sign_ins)
    sessions.ended(over)
    for session in sessions.of_sign_ins(over):
        session.end(CloseCode.NOT_AUTHENTICATED, "the sign-in has ended")
