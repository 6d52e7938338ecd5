"""An answer in time, whatever: whoever calls is told to call again rather than left waiting for a slow database."""

import asyncio
from typing import Final

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from http_api.errors import unavailable

ANSWER_SECONDS: Final = 5.0
"""From one part of a call to the next, and from the last to the first byte of its answer: some milliseconds mostly."""

log = structlog.get_logger()


class Deadline:
    """Answers 503 in place of a call that takes too long. What it began is broken off, or turns out to be done: as
    with an answer that got lost on its way, the same call may be made again.
    """

    def __init__(self, app: ASGIApp, seconds: float = ANSWER_SECONDS) -> None:
        self._app = app
        self._seconds = seconds
        self._broken_off: set[asyncio.Future[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, and wait so long."""
        loop = asyncio.get_running_loop()
        has_started = is_late = False
        answer_by = loop.time() + self._seconds

        async def receiving() -> Message:
            nonlocal answer_by
            message = await receive()
            # Who has a slow line is not late: each part that comes gives the next one as much time again.
            answer_by = loop.time() + self._seconds
            return message

        async def sending(message: Message) -> None:
            nonlocal has_started
            if not is_late:
                has_started = True
                await send(message)

        call = asyncio.ensure_future(self._app(scope, receiving, sending))
        try:
            while not call.done() and not is_late:
                await asyncio.wait([call], timeout=None if has_started else max(0.0, answer_by - loop.time()))
                is_late = not call.done() and not has_started and loop.time() >= answer_by
        except asyncio.CancelledError:
            call.cancel()
            raise
        if is_late:
            self._break_off(call)
            await unavailable().response()(scope, receive, send)
        else:
            call.result()

    def _break_off(self, call: asyncio.Future[None]) -> None:
        # Not waited for: asyncpg wants to tell PostgreSQL of it first, which may be what does not answer.
        log.warning("call_broken_off")
        call.cancel()
        self._broken_off.add(call)
        call.add_done_callback(self._is_over)

    def _is_over(self, call: asyncio.Future[None]) -> None:
        self._broken_off.discard(call)
        if not call.cancelled() and (error := call.exception()) is not None:
            log.warning("broken_off_call_failed", reason=type(error).__name__)
