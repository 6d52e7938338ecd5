"""The socket of somebody who is signed in: understands messages and answers them.

Everything here is synchronous but for what is waited for in tasks: a new token being read, the join of a watch, and
the door doing a command.
"""

import asyncio
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, assert_never
from uuid import UUID, uuid4

import structlog

from realtime import metrics
from realtime.board import ServedBoard
from realtime.close_codes import CloseCode
from realtime.commanding import Commanding
from realtime.decode import Unreadable, decode
from realtime.farewell import say_farewell
from realtime.link import Link
from realtime.messages import (
    Authenticate,
    Authenticated,
    ClientMessage,
    CommandMessage,
    Confirmed,
    ErrorCode,
    ErrorMessage,
    Hello,
    PresenceMessage,
    RefusedMessage,
    Resync,
    ResyncReason,
    ServerMessage,
    Unwatch,
    Unwatched,
    Watching,
    Welcome,
)
from realtime.messages import Watch as WatchMessage
from realtime.parts import Parts
from realtime.server_frames import frame_of
from realtime.token_bucket import TokenBucket
from realtime.watch import Phase, Watch
from tracker.actor import Actor
from tracker.identity import Identity, NotAuthenticated
from tracker.transaction import Done

HEARTBEAT_SECONDS: Final = 15
WATCHES_LIMIT: Final = 500
REFUSALS_BEFORE_PAUSE: Final = 50
"""Messages refused in a row for their number, before the socket is left unread for `PAUSE_SECONDS`."""
PAUSE_SECONDS: Final = 1.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Joining:
    """A watch that was asked for and is not answered yet."""

    task: asyncio.Task[None]


class Hold(Enum):
    """Why a socket is not read just now."""

    DOOR_FULL = auto()
    CLOGGED = auto()  # who does not read answers shall not ask
    FLOODING = auto()


class Session:
    """A socket, who is at its other end, and what they watch. Is a `Receiver` and a `Watcher`.

    `expires` is when its token is good no more, by the time of day in seconds.
    """

    __slots__ = (
        "_actor",
        "_bucket",
        "_commanding",
        "_holds",
        "_parts",
        "_refusals",
        "_renewal",
        "clogged_at",
        "connection_id",
        "expires",
        "identity",
        "is_over",
        "link",
        "watches",
    )

    def __init__(self, link: Link, parts: Parts, identity: Identity) -> None:
        self.link = link
        self.identity = identity
        self.expires = identity.expires_at.timestamp()
        self.connection_id = uuid4()
        self.watches: dict[UUID, Joining | Watch] = {}
        self.is_over = False
        self.clogged_at: float | None = None
        self._parts = parts
        self._actor = Actor(identity.account_id)
        self._bucket = TokenBucket(parts.now())
        self._refusals = 0
        self._holds: set[Hold] = set()
        self._renewal: asyncio.Task[None] | None = None
        self._commanding = Commanding(parts.door, parts.hub, self._write, self._is_awaiting, self._door_has_room)
        parts.sessions.signed_in(self)
        self._send(
            Welcome(
                connection_id=self.connection_id,
                account_id=identity.account_id,
                heartbeat_seconds=HEARTBEAT_SECONDS,
                expires_at=identity.expires_at,
            )
        )

    @property
    def account_id(self) -> UUID:
        """Who is at the other end."""
        return self.identity.account_id

    @property
    def commands_in_flight(self) -> int:
        """Commands that the door has not answered yet."""
        return self._commanding.in_flight

    # What the socket brings ------------------------------------------------------------------------------------

    def received(self, text: str) -> None:
        """A message: understand it, and do what it says."""
        if not self.is_over:
            self._take(decode(text))

    def received_unusable(self, reason: str) -> None:
        """A message that was not kept."""
        if not self.is_over:
            self._take(Unreadable(reason, None))

    def received_too_much(self) -> None:
        """A message too large even to be skipped."""
        self.end(CloseCode.TOO_LARGE, "the message is too large")

    def _take(self, message: ClientMessage | Unreadable) -> None:
        if self._parts.has_rate_limits and not self._bucket.take(self._parts.now()):
            self._refuse_flood(message)
            return
        self._refusals = 0
        if isinstance(message, Unreadable):
            self._refuse_unreadable(message)
        else:
            self._obey(message)

    def clogged(self) -> None:
        """The reader is slow: hand it nothing more, and ask nothing more of it."""
        if self.is_over:
            return
        self.clogged_at = self._parts.now()
        self._parts.sessions.changed(self)
        metrics.lagging_sessions.inc()
        self._hold(Hold.CLOGGED)
        for watch in self.watches.values():
            if isinstance(watch, Watch) and watch.phase is Phase.LIVE:
                self._parts.hub.fall_behind(watch)

    def drained(self) -> None:
        """The reader has caught up with what was written: go on where each watch stands."""
        if self.clogged_at is None:
            return
        self.clogged_at = None
        self._parts.sessions.changed(self)
        metrics.lagging_sessions.dec()
        for watch in list(self.watches.values()):
            if isinstance(watch, Watch) and watch.phase is Phase.BEHIND:
                self._parts.catch_up.advance(watch)
        # What it was behind with may have clogged it anew.
        if not self.link.is_clogged:
            self._release(Hold.CLOGGED)

    def lost(self) -> None:
        """The socket is gone."""
        self._leave()

    # What the node does ----------------------------------------------------------------------------------------

    def is_joining(self, board_id: UUID) -> bool:
        """Whether the running join is the one that was asked for last."""
        joining = self.watches.get(board_id)
        return isinstance(joining, Joining) and joining.task is asyncio.current_task()

    def watch_began(self, watch: Watch) -> None:
        """The join was answered with yes."""
        board = watch.board
        self.watches[board.board_id] = watch
        self._send(Watching(board_id=board.board_id, epoch=board.epoch, seq=watch.start_seq))
        self._parts.presence.greet(self, board.board_id)

    def watch_ended(self, board_id: UUID, reason: ResyncReason) -> None:
        """The server ends a watch, or does not begin it."""
        metrics.resyncs.labels(reason).inc()
        self.watches.pop(board_id, None)
        self._parts.presence.left(self, board_id)
        self._send(Resync(board_id=board_id, reason=reason))

    def following_changed(self) -> None:
        """It began or ceased to be live on a board."""
        self._parts.sessions.changed(self)

    def followed(self) -> tuple[ServedBoard, ...]:
        """The boards on which it is live."""
        return tuple(
            [watch.board for watch in self.watches.values() if isinstance(watch, Watch) and watch.phase is Phase.LIVE]
        )

    def end(self, code: CloseCode, reason: str) -> None:
        """Close the socket. Commands that the door has are done all the same."""
        if self.is_over:
            return
        self._leave()
        say_farewell(self.link, code, reason)

    def _leave(self) -> None:
        if self.is_over:
            return
        self.is_over = True
        if self.clogged_at is not None:
            self.clogged_at = None
            metrics.lagging_sessions.dec()
        for board_id in list(self.watches):
            self._stop_watching(board_id)
        if self._renewal is not None and self._renewal is not asyncio.current_task():
            self._renewal.cancel()
        self._commanding.leave()
        self._parts.sessions.left(self)

    # Messages --------------------------------------------------------------------------------------------------

    def _obey(self, message: ClientMessage) -> None:
        match message:
            case CommandMessage():
                self._command(message)
            case WatchMessage():
                self._watch(message)
            case Unwatch():
                self._stop_watching(message.board_id)
                self._send(Unwatched(board_id=message.board_id))
            case PresenceMessage():
                if not isinstance(self.watches.get(message.board_id), Watch):
                    self._error("not_watching", "Watch the board first.")
                elif message.state is None:
                    self._parts.presence.left(self, message.board_id)
                else:
                    self._parts.presence.here(self, message.board_id, message.state.task_id)
            case Confirmed():
                self._parts.receipts.take(self.identity, message.boards)
            case Authenticate():
                self._authenticate(message.token)
            case Hello():
                self._error("invalid", "You said hello before.")
            case _:
                assert_never(message)

    def _command(self, message: CommandMessage) -> None:
        if self.expires <= self._parts.clock():
            self.end(CloseCode.NOT_AUTHENTICATED, "the token has expired")
            return
        self._commanding.submit(self._actor, message.command_id, message.command)

    def _watch(self, message: WatchMessage) -> None:
        self._stop_watching(message.board_id)
        if len(self.watches) >= WATCHES_LIMIT:
            self._error("too_many", f"One socket watches at most {WATCHES_LIMIT} boards.")
            return
        task = asyncio.get_running_loop().create_task(self._join(message))
        self.watches[message.board_id] = Joining(task)

    async def _join(self, message: WatchMessage) -> None:
        try:
            await self._parts.join.begin(self, message)
        except Exception:  # an answer that never came would leave the client with an old board
            log.exception("join_broke")
            self.end(CloseCode.RESTARTING, "try again")

    def _stop_watching(self, board_id: UUID) -> None:
        match self.watches.pop(board_id, None):
            case Joining(task):
                task.cancel()
            case Watch() as watch:
                self._parts.hub.leave(watch)
        self._parts.presence.left(self, board_id)

    def _authenticate(self, token: str) -> None:
        if self._renewal is not None:
            self._renewal.cancel()
        self._renewal = asyncio.get_running_loop().create_task(self._renew(token))

    async def _renew(self, token: str) -> None:
        try:
            identity = await self._parts.gate.authenticate(token)
            if self._parts.sessions.has_ended(identity.session_id):
                raise NotAuthenticated
        except NotAuthenticated:
            identity = None
        except Exception:  # the old token is still good; the client asks again
            log.exception("gate_broke")
            self._error("unavailable", "The token cannot be checked just now. Send it again.")
            return
        if self.is_over:
            return
        if identity is None or identity.account_id != self.account_id:
            self.end(CloseCode.NOT_AUTHENTICATED, "the token is not valid")
            return
        self._parts.sessions.left(self)
        self.identity = identity
        self.expires = identity.expires_at.timestamp()
        self._parts.sessions.signed_in(self)
        self._send(Authenticated(expires_at=identity.expires_at))

    # Answers ---------------------------------------------------------------------------------------------------

    def _send(self, message: ServerMessage) -> None:
        if not self.is_over:
            self.link.write(frame_of(message))

    def _write(self, frame: bytes) -> None:
        if not self.is_over:
            self.link.write(frame)

    def _error(self, code: ErrorCode, message: str) -> None:
        self._send(ErrorMessage(code=code, message=message))

    def _refuse_unreadable(self, message: Unreadable) -> None:
        metrics.bad_messages.inc()
        if message.command_id is None:
            self._error("invalid", message.message)
        else:
            self._send(RefusedMessage(command_id=message.command_id, code="invalid", message=message.message))

    def _refuse_flood(self, message: ClientMessage | Unreadable) -> None:
        sentence = "Too many messages. Wait a little."
        if isinstance(message, CommandMessage):
            self._send(RefusedMessage(command_id=message.command_id, code="rate_limited", message=sentence))
        else:
            self._error("rate_limited", sentence)
        self._refusals += 1
        if self._refusals >= REFUSALS_BEFORE_PAUSE:
            self._refusals = 0
            self._hold(Hold.FLOODING)
            asyncio.get_running_loop().call_later(PAUSE_SECONDS, self._release, Hold.FLOODING)

    def _is_awaiting(self, done: Done) -> bool:
        """Whether the change of a command will reach this session by its watch."""
        watch = self.watches.get(done.board_id)
        return not done.repeated and isinstance(watch, Watch) and done.seq > watch.start_seq

    def _door_has_room(self, has_room: bool) -> None:
        if has_room:
            self._release(Hold.DOOR_FULL)
        else:
            self._hold(Hold.DOOR_FULL)

    def _hold(self, hold: Hold) -> None:
        if not self._holds:
            self.link.hold_reading()
        self._holds.add(hold)

    def _release(self, hold: Hold) -> None:
        if hold in self._holds:
            self._holds.discard(hold)
            if not self._holds and not self.is_over:
                self.link.resume_reading()
