"""The sessions whose heartbeat comes in the same second, and what it brings them."""

from math import inf
from typing import TYPE_CHECKING

from realtime.board import ServedBoard
from realtime.frames import PING
from realtime.link import Link
from realtime.server_frames import heads_frame

if TYPE_CHECKING:
    from realtime.session import Session


class _Group:
    """Those who follow the same boards: a beat brings them the same."""

    __slots__ = ("boards", "size")

    def __init__(self, boards: tuple[ServedBoard, ...]) -> None:
        self.boards = boards
        self.size = 0

    def heads(self) -> bytes:
        """What was handed on of each board: less at the other end is a loss. Nothing for who follows nothing."""
        return heads_frame({board.board_id: board.seq for board in self.boards}) if self.boards else b""


class Slot:
    """What a beat has to know of its sessions, kept from one beat to the next, by the numbers of their sockets.

    Sessions are looked at when something about them has changed, and never for a beat alone: whatever belongs to one of
    thousands who only look on was last touched a round ago, and the memory that it lies in is far away.
    """

    __slots__ = ("_changed", "_clogged", "_expires", "_group_of", "_groups", "_is_asking", "_sessions", "_silent")

    def __init__(self) -> None:
        self._sessions: dict[int, Session] = {}
        self._groups: dict[tuple[ServedBoard, ...], _Group] = {}
        self._group_of: dict[int, _Group] = {}
        self._clogged: set[int] = set()
        self._changed: set[int] = set()
        self._silent: set[int] = set()
        self._expires = inf
        self._is_asking = False

    # Who is here -----------------------------------------------------------------------------------------------

    def add(self, session: "Session") -> None:
        """Beat for it from now on."""
        link = session.link
        self._sessions[link.number] = session
        self._changed.add(link.number)
        self._expires = min(self._expires, session.expires)
        link.silent = self._silent

    def discard(self, session: "Session") -> None:
        """Beat for it no more."""
        number = session.link.number
        self._take_out(number)
        del self._sessions[number]
        self._changed.discard(number)
        self._silent.discard(number)

    def changed(self, session: "Session") -> None:
        """It follows other boards than before, or its socket clogged or drained."""
        self._changed.add(session.link.number)

    def settle(self) -> None:
        """Look at what has changed. To be done before each beat, and soon, while it is still at hand."""
        while self._changed:
            # Taken first: one that cannot be looked at must not be in the way of the others' beats for ever.
            number = self._changed.pop()
            session = self._sessions[number]
            self._take_out(number)
            if session.clogged_at is None:
                self._put_in(number, session.followed())
            else:
                self._clogged.add(number)

    def sessions(self) -> "list[Session]":
        """All of them."""
        return list(self._sessions.values())

    # What is due -----------------------------------------------------------------------------------------------

    def expired(self, moment: float) -> "list[Session]":
        """Those whose tokens are good no more."""
        if moment < self._expires:
            return []
        self._expires = min((session.expires for session in self._sessions.values()), default=inf)
        return [session for session in self._sessions.values() if session.expires <= moment]

    def clogged(self) -> "list[Session]":
        """Those whose sockets take nothing just now."""
        return [self._sessions[number] for number in self._clogged]

    def gone(self) -> list[Link]:
        """The sockets on which nothing came since they were asked. Silence of one that is not read means nothing."""
        links = [self._sessions[number].link for number in self._silent]
        return [link for link in links if not link.is_held]

    def beat(self) -> dict[int, bytes]:
        """What it brings now, by the numbers of sockets: the heads of their boards, and every second time a ping."""
        self._is_asking = not self._is_asking
        frames = {group: self._frame(group) for group in self._groups.values()}
        if self._is_asking:
            self._silent.update(self._group_of)
        elif () in self._groups:
            self._silent.update(number for number, group in self._group_of.items() if not group.boards)
        return {number: frames[group] for number, group in self._group_of.items()}

    def _frame(self, group: _Group) -> bytes:
        heads = group.heads()
        # Who follows nothing would hear nothing without a ping.
        return heads + PING if self._is_asking or not heads else heads

    def _put_in(self, number: int, boards: tuple[ServedBoard, ...]) -> None:
        group = self._groups.get(boards)
        if group is None:
            group = self._groups[boards] = _Group(boards)
        group.size += 1
        self._group_of[number] = group

    def _take_out(self, number: int) -> None:
        self._clogged.discard(number)
        group = self._group_of.pop(number, None)
        if group is not None:
            group.size -= 1
            if not group.size:
                del self._groups[group.boards]
