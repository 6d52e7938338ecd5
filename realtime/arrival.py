"""A socket before anybody knows who is at its other end: one hello, in time and small, decides."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from realtime import metrics
from realtime.close_codes import CloseCode
from realtime.decode import Unreadable, decode
from realtime.farewell import say_farewell
from realtime.link import Link
from realtime.messages import PROTOCOL, ErrorMessage, Hello
from realtime.parts import Parts
from realtime.server_frames import frame_of
from realtime.session import Session
from tracker.failures import OF_THE_DATABASE
from tracker.identity import NotAuthenticated

HELLO_SECONDS: Final = 5.0
HELLO_LIMIT: Final = 4_096
"""Characters of a hello, token and all."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class AwaitingHello:
    """Nothing came yet."""


@dataclass(frozen=True, slots=True)
class Authenticating:
    """The token is being read; the socket is not."""

    task: asyncio.Task[None]


@dataclass(frozen=True, slots=True)
class Over:
    """A session took over, or the socket is closing."""


ArrivalState = AwaitingHello | Authenticating | Over


class Arrival:
    """An open socket of nobody in particular. Is a `Receiver`.

    `on_known` is called once, when it is a session or gone: a single address does not get many of these at once.
    """

    __slots__ = ("_link", "_on_known", "_parts", "deadline", "state")

    def __init__(self, link: Link, parts: Parts, on_known: Callable[[], None]) -> None:
        self._link = link
        self._parts = parts
        self._on_known = on_known
        self.deadline = parts.now() + HELLO_SECONDS
        self.state: ArrivalState = AwaitingHello()
        parts.sessions.arrived(self)

    def received(self, text: str) -> None:
        """The first message; it has to be a hello."""
        if not isinstance(self.state, AwaitingHello):
            return
        if len(text) > HELLO_LIMIT:
            self._refuse("A hello is shorter.")
            return
        message = decode(text)
        if isinstance(message, Unreadable):
            self._refuse(message.message)
        elif not isinstance(message, Hello):
            self._refuse("Say hello first.")
        elif message.protocol != PROTOCOL:
            self.end(CloseCode.UNKNOWN_PROTOCOL, f"this server speaks protocol {PROTOCOL}")
        else:
            self._link.hold_reading()
            self.state = Authenticating(asyncio.get_running_loop().create_task(self._authenticate(message.token)))

    def received_unusable(self, reason: str) -> None:
        """Not a hello."""
        self._refuse(reason)

    def received_too_much(self) -> None:
        """Certainly not a hello."""
        self._refuse("A hello is shorter.")

    def clogged(self) -> None:
        """Cannot be: next to nothing was written."""

    def drained(self) -> None:
        """Cannot be either."""

    def lost(self) -> None:
        """The socket is gone."""
        self._leave()

    def end_late(self) -> None:
        """Close the socket because its deadline is over: no hello came, or nobody could tell whose it is."""
        if isinstance(self.state, Authenticating):
            log.warning("gate_away", reason="no answer in time")
            self.end(CloseCode.RESTARTING, "try again")
        else:
            self.end(CloseCode.NO_HELLO, "no hello came in time")

    def end(self, code: CloseCode, reason: str) -> None:
        """Close the socket."""
        if isinstance(self.state, Over):
            return
        self._leave()
        say_farewell(self._link, code, reason)

    def _refuse(self, why: str) -> None:
        if isinstance(self.state, Over):
            return
        metrics.bad_messages.inc()
        self._link.write(frame_of(ErrorMessage(code="invalid", message=why)))
        self.end(CloseCode.MISUSE, "a hello comes first")

    async def _authenticate(self, token: str) -> None:
        try:
            identity = await self._parts.gate.authenticate(token)
            if self._parts.sessions.has_ended(identity.session_id):
                raise NotAuthenticated
        except NotAuthenticated:
            self.end(CloseCode.NOT_AUTHENTICATED, "the token is not valid")
        except OF_THE_DATABASE as error:
            log.warning("gate_away", reason=type(error).__name__)
            self.end(CloseCode.RESTARTING, "try again")
        except Exception:  # whatever keeps the gate from answering, the client may try again
            log.exception("gate_broke")
            self.end(CloseCode.RESTARTING, "try again")
        else:
            if isinstance(self.state, Over):
                return
            if self._parts.has_rate_limits and not self._parts.sessions.has_room_for(identity.account_id):
                self.end(CloseCode.TOO_MANY, "too many sockets of one account")
                return
            self.state = Over()
            self._known()
            self._link.give_to(Session(self._link, self._parts, identity))
            self._link.resume_reading()

    def _leave(self) -> None:
        state, self.state = self.state, Over()
        # Ending from within the task itself must not cancel what it has yet to say.
        if isinstance(state, Authenticating) and state.task is not asyncio.current_task():
            state.task.cancel()
        if not isinstance(state, Over):
            self._known()

    def _known(self) -> None:
        self._parts.sessions.gone(self)
        self._on_known()
