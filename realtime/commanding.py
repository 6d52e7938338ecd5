"""A session's commands on their way to the door: in order, a bounded number at a time, each answered once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

import structlog

from realtime.hub import Hub
from realtime.messages import RefusedMessage
from realtime.server_frames import done_frame, frame_of
from tracker.actor import Actor
from tracker.commands.command import Command
from tracker.execute import Door
from tracker.refusal import Refused
from tracker.transaction import Done

IN_FLIGHT_LIMIT: Final = 64
"""Commands of one session that may be with the door. Its socket is not read while there are so many."""

ANSWER_SECONDS: Final = 5.0
"""How long a command may wait at the door. Beyond that nothing is known of it, and its device is told so."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Stall:
    """The first command of a board that has to be sent again. Until it comes, but not for ever, those that its author
    gave after it must not be done: it would undo them.
    """

    command_id: UUID
    until: float


class Commanding:
    """Hands the commands of one session to the door.

    `answer` sends a frame to the session; `is_awaiting(done)` says whether the change itself will reach it and be the
    answer; `on_room(has_room)` is told when the limit is reached, and when there is room again.
    """

    __slots__ = ("_answer", "_door", "_hub", "_is_awaiting", "_is_timed", "_on_room", "_stalled", "_waiting")

    def __init__(
        self,
        door: Door,
        hub: Hub,
        answer: Callable[[bytes], None],
        is_awaiting: Callable[[Done], bool],
        on_room: Callable[[bool], None],
    ) -> None:
        self._door = door
        self._hub = hub
        self._answer = answer
        self._is_awaiting = is_awaiting
        self._on_room = on_room
        self._waiting: dict[asyncio.Future[Done], float] = {}
        self._is_timed = False
        self._stalled: dict[UUID, _Stall] = {}

    def leave(self) -> None:
        """The session is over. What the door has is done, and nobody is told."""
        # They lead back to the session, which would be freed only when cycles are looked for.
        self._answer, self._is_awaiting, self._on_room = _tell_nobody, _tell_nobody, _tell_nobody

    @property
    def in_flight(self) -> int:
        """Commands that have no answer yet."""
        return len(self._waiting)

    def submit(self, actor: Actor, command_id: UUID, command: Command) -> None:
        """Get in line behind the session's earlier commands."""
        loop = asyncio.get_running_loop()
        if self._stalled:
            stall = self._stalled.get(command.board_id)
            if stall is not None and command_id != stall.command_id and loop.time() < stall.until:
                self._refuse(command_id, Refused("unavailable", "Send the commands again that come before this one."))
                return
            self._stalled.pop(command.board_id, None)
        answer = self._door.submit(actor, command_id, command)
        self._waiting[answer] = loop.time()
        if len(self._waiting) == IN_FLIGHT_LIMIT:
            self._on_room(False)
        if not self._is_timed:
            self._is_timed = True
            loop.call_later(ANSWER_SECONDS, self._look_at_the_clock)
        answer.add_done_callback(partial(self._answered, command_id, command.board_id))

    def _look_at_the_clock(self) -> None:
        """Give up when the oldest has waited too long: all of them, so that they are sent again in their order."""
        self._is_timed = False
        oldest = next(iter(self._waiting.values()), None)
        if oldest is None:
            return
        loop = asyncio.get_running_loop()
        left = oldest + ANSWER_SECONDS - loop.time()
        if left <= 0:
            for answer in self._waiting:
                answer.cancel()
        else:
            self._is_timed = True
            loop.call_later(left, self._look_at_the_clock)

    def _answered(self, command_id: UUID, board_id: UUID, answer: asyncio.Future[Done]) -> None:
        del self._waiting[answer]
        try:
            done = answer.result()
        except BaseException as error:  # noqa: BLE001 - a future's cancellation is no ordinary exception
            refused = _refusal_for(error)
            if refused.code == "unavailable":
                until = asyncio.get_running_loop().time() + ANSWER_SECONDS
                self._stalled.setdefault(board_id, _Stall(command_id, until))
            self._refuse(command_id, refused)
        else:
            self._finish(command_id, done)
        # Last: what was held back may be a command that must not overtake the one just refused.
        if len(self._waiting) == IN_FLIGHT_LIMIT - 1:
            self._on_room(True)

    def _finish(self, command_id: UUID, done: Done) -> None:
        board = self._hub.boards.get(done.board_id)
        if board is not None and done.seq > board.seq:
            # It waits to be handed on, unless something broke there: then this node knows at once.
            self._hub.heard_seq(board, board.epoch, done.seq)
        if not self._is_awaiting(done):
            self._answer(done_frame(command_id, done.board_id, done.seq))

    def _refuse(self, command_id: UUID, refused: Refused) -> None:
        self._answer(frame_of(RefusedMessage(command_id=command_id, code=refused.code, message=refused.message)))


def _tell_nobody(_: object) -> Any:
    return None


def _refusal_for(error: BaseException) -> Refused:
    if isinstance(error, asyncio.CancelledError):
        return Refused("unavailable", "The server could not save this in time. Send the command again.")
    if isinstance(error, Refused):
        return error
    log.error("command_broke", exc_info=error)
    return Refused("unavailable", "Something went wrong. Send the command again.")
