"""What one turn of the event loop writes: to each socket once, and to all sockets in one system call.

A send through the kernel takes most of what a delivery costs, and going there anew for each socket is a third of it. So
what a turn brought is handed to the kernel together (`realtime.uring`). What it does not take, because a reader is slow
or gone, and all that follows for such a reader, goes by the socket's transport, which waits and tells who is clogged.
Without io_uring everything does.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, cast
from weakref import WeakKeyDictionary

import structlog

from realtime.audience import Audience
from realtime.link import Link
from realtime.open_sockets import OpenSockets, TurnSocket
from realtime.uring import PAYLOAD_LIMIT, REQUEST_BYTES, Uring

FEW: Final = 8
"""Fewer sockets than these are written to one by one: setting up a common call takes as long as some six own ones."""

log = structlog.get_logger()


class _Prepared:
    """An audience as the kernel takes it: `requests` for all but the `others`, who are reached by their transports."""

    __slots__ = ("lost", "others", "places", "requests", "sockets")

    def __init__(self, uring: Uring, audience: Audience, lost: int) -> None:
        # A node's links are all of one kind; the hub knows less of them than a turn does.
        links = cast(Sequence[TurnSocket], audience.links())
        self.sockets = {link.descriptor: link for link in links if link.descriptor >= 0}
        self.others = [link for link in links if link.descriptor < 0]
        self.requests = uring.requests_for(self.sockets)
        self.places = {socket: place for place, socket in enumerate(self.sockets.values())}
        self.lost = lost

    def without(self, left_out: Sequence[TurnSocket]) -> bytes:
        """The requests of all others."""
        if not left_out:
            return self.requests
        pieces: list[bytes] = []
        begin = 0
        for place in sorted(self.places[socket] for socket in left_out):
            pieces.append(self.requests[begin : place * REQUEST_BYTES])
            begin = (place + 1) * REQUEST_BYTES
        pieces.append(self.requests[begin:])
        return b"".join(pieces)


class LoopTurn:
    """The sockets of one event loop that were written to in its present turn."""

    def __init__(self) -> None:
        self._uring = _uring_or_none()
        self._written: dict[TurnSocket, None] = {}
        self._lost = 0
        self._sockets = OpenSockets()
        # What sockets tell of themselves goes to the register without passing here.
        self.opened: Final = self._sockets.opened
        self.went_aside: Final = self._sockets.went_aside

    def add(self, socket: TurnSocket) -> None:
        """Send what was written to this socket when the turn ends."""
        if not self._written:
            asyncio.get_running_loop().call_soon(self._flush)
        self._written[socket] = None

    def lost(self, socket: TurnSocket) -> None:
        """Forget a socket that is about to be closed. Its descriptor may be another's soon: nothing prepared holds."""
        if socket.descriptor >= 0:
            self._lost += 1
        self._written.pop(socket, None)
        self._sockets.lost(socket)

    def write_to_all(self, audience: Audience, frame: bytes) -> None:
        """Send a frame at once to all, or behind what was written to them in this turn."""
        uring = self._uring
        if uring is None or len(audience) < FEW or len(frame) > PAYLOAD_LIMIT:
            for link in audience.links():
                _write(link, link.write_now, frame)
            return
        prepared = audience.prepared
        if not isinstance(prepared, _Prepared) or prepared.lost != self._lost:
            prepared = audience.prepared = _Prepared(uring, audience, self._lost)
        left_out = self._not_straight(prepared)
        requests = prepared.without(left_out)
        for socket in (*left_out, *prepared.others):
            _write(socket, socket.write_now, frame)
        unsent = self._sent(prepared.places, lambda: uring.send_to_all(requests, frame))
        for descriptor, sent in unsent.items():
            socket = prepared.sockets[descriptor]
            _write(socket, socket.write_by_transport, frame[sent:])

    def write_each(self, frames: Mapping[int, bytes]) -> None:
        """Send frames of at most `PAYLOAD_LIMIT` bytes at once to the sockets with these numbers, or behind what was
        written to them in this turn.

        Nothing is touched of a socket that takes its frame whole: what belongs to it may be far away in memory.
        """
        uring = self._uring if len(frames) >= FEW else None
        by_number = self._sockets.by_number
        numbers = {} if uring is None else self._straight_of(frames)
        for number in frames.keys() - set(numbers.values()):
            if (socket := by_number.get(number)) is not None:
                _write(socket, socket.write_now, frames[number])
        if uring is None or not numbers:
            return
        sends = {descriptor: frames[number] for descriptor, number in numbers.items()}
        sockets = (by_number[number] for number in numbers.values())
        for descriptor, sent in self._sent(sockets, lambda: uring.send_each(sends)).items():
            socket = by_number[numbers[descriptor]]
            _write(socket, socket.write_by_transport, sends[descriptor][sent:])

    def _straight_of(self, frames: Mapping[int, bytes]) -> dict[int, int]:
        """By descriptor, the numbers of those sockets for which nothing waits to be sent."""
        numbers = self._sockets.straight_of(frames.keys())
        for socket in self._written:
            numbers.pop(socket.descriptor, None)
        return numbers

    def _not_straight(self, prepared: _Prepared) -> list[TurnSocket]:
        if not self._written and not self._sockets.aside:
            return []
        left_out = list(self._written.keys() & prepared.places.keys())
        for socket in self._sockets.aside & prepared.places.keys():
            if self._sockets.is_straight(socket):
                continue
            if socket not in self._written:
                left_out.append(socket)
        return left_out

    def _flush(self) -> None:
        written, self._written = self._written, {}
        uring, is_straight = self._uring, self._sockets.is_straight
        sends: dict[int, bytes] = {}
        sockets: dict[int, TurnSocket] = {}
        for socket in written:
            data = socket.take_unsent()
            if not data:
                continue
            if uring is None or len(written) < FEW or len(data) > PAYLOAD_LIMIT or not is_straight(socket):
                _write(socket, socket.write_by_transport, data)
            else:
                sends[socket.descriptor], sockets[socket.descriptor] = data, socket
        if uring is None or not sends:
            return
        for descriptor, sent in self._sent(sockets.values(), lambda: uring.send_each(sends)).items():
            socket = sockets[descriptor]
            _write(socket, socket.write_by_transport, sends[descriptor][sent:])

    def _sent(self, sockets: Iterable[TurnSocket], send: Callable[[], dict[int, int]]) -> dict[int, int]:
        """What could not be sent whole. If nobody knows what was, the sockets are let go: they come back and catch up,
        while one that missed a change without a word would never know.
        """
        try:
            return send()
        except Exception:
            let_go = list(sockets)
            log.exception("uring_broke", sockets=len(let_go))
            self._uring = None
            for socket in let_go:
                socket.abort()
            return {}


def _write(socket: Link, write: Callable[[bytes], None], data: bytes) -> None:
    try:
        write(data)
    except Exception:
        # One socket's trouble must not cost the others their frames, and what it got is not known any more.
        log.exception("socket_broke")
        socket.abort()


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, LoopTurn] = WeakKeyDictionary()


def turn_of(loop: asyncio.AbstractEventLoop) -> LoopTurn:
    """The one that all sockets of a loop share."""
    turn = _turns.get(loop)
    if turn is None:
        turn = _turns[loop] = LoopTurn()
    return turn


def write_to_all(audience: Audience, frame: bytes) -> None:
    """`LoopTurn.write_to_all` of the running loop."""
    turn_of(asyncio.get_running_loop()).write_to_all(audience, frame)


def write_each(frames: Mapping[int, bytes]) -> None:
    """`LoopTurn.write_each` of the running loop."""
    turn_of(asyncio.get_running_loop()).write_each(frames)


def _uring_or_none() -> Uring | None:
    try:
        return Uring()
    except OSError as error:  # too many open files, too little memory, or `UringUnavailable`
        log.info("uring_unavailable", reason=str(error), effect="each socket is written to on its own")
        return None
