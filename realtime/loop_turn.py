"""What one turn of the event loop writes: to each socket once, and to all sockets in one system call.

A send through the kernel takes most of what a delivery costs, and going there anew for each socket is a third of it. So
what a turn brought is handed to the kernel together (`realtime.uring`). What it does not take, because a reader is slow
or gone, and all that follows for such a reader, goes by the socket's transport, which waits and tells who is clogged.
Without io_uring everything does.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import Final, Protocol, cast
from weakref import WeakKeyDictionary

import structlog

from realtime.audience import Audience
from realtime.link import Link
from realtime.uring import PAYLOAD_LIMIT, REQUEST_BYTES, Uring

FEW: Final = 8
"""Fewer sockets than these are written to one by one: setting up a common call takes as long as some six own ones."""

_DENSE: Final = 1_024
"""So many numbers of sockets are made together."""

log = structlog.get_logger()


def _side_by_side(first: int) -> list[int]:
    """The numbers from this one on. One made alone lies among what else was made for its socket, and whoever goes
    through those of thousands waits for memory at each.
    """
    return [*range(first, first + _DENSE)]


class TurnSocket(Link, Protocol):
    """What a turn has to know of a socket."""

    descriptor: int
    """The kernel's number of the socket; below 0 when bytes may only go by its transport."""

    def take_unsent(self) -> bytes:
        """All that was written and not sent."""

    def is_straight(self) -> bool:
        """Whether nothing waits in the transport any more, and the socket is not closing."""

    def write_by_transport(self, data: bytes) -> None:
        """Send bytes behind those that wait in the transport. If some remain there, tell `LoopTurn.went_aside`."""


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
        self._aside: set[TurnSocket] = set()
        self._lost = 0
        self._numbers = (number for first in count(1, _DENSE) for number in _side_by_side(first))
        self._open: dict[int, TurnSocket] = {}
        self._straight: dict[int, int] = {}
        """By number, the descriptors of those that were seen not to go aside since."""
        self._descriptors: list[int] = []

    def opened(self, socket: TurnSocket) -> int:
        """A socket is there to be written to. Returns its number, which no other ever gets, unlike its descriptor."""
        number = next(self._numbers)
        self._open[number] = socket
        return number

    def add(self, socket: TurnSocket) -> None:
        """Send what was written to this socket when the turn ends."""
        if not self._written:
            asyncio.get_running_loop().call_soon(self._flush)
        self._written[socket] = None

    def went_aside(self, socket: TurnSocket) -> None:
        """Bytes of this socket wait in its transport, or may do so."""
        if socket.descriptor >= 0:
            self._aside.add(socket)
            self._straight.pop(socket.number, None)

    def lost(self, socket: TurnSocket) -> None:
        """Forget a socket that is about to be closed. Its descriptor may be another's soon: nothing prepared holds."""
        if socket.descriptor >= 0:
            self._lost += 1
        self._written.pop(socket, None)
        self._aside.discard(socket)
        self._straight.pop(socket.number, None)
        self._open.pop(socket.number, None)

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
        numbers = {} if uring is None else self._straight_of(frames)
        for number in frames.keys() - set(numbers.values()):
            if (socket := self._open.get(number)) is not None:
                _write(socket, socket.write_now, frames[number])
        if uring is None or not numbers:
            return
        sends = {descriptor: frames[number] for descriptor, number in numbers.items()}
        sockets = (self._open[number] for number in numbers.values())
        for descriptor, sent in self._sent(sockets, lambda: uring.send_each(sends)).items():
            socket = self._open[numbers[descriptor]]
            _write(socket, socket.write_by_transport, sends[descriptor][sent:])

    def _straight_of(self, frames: Mapping[int, bytes]) -> dict[int, int]:
        """By descriptor, the numbers of those sockets for which nothing waits to be sent."""
        for number in frames.keys() - self._straight.keys():
            if (socket := self._open.get(number)) is not None:
                self._is_straight(socket)
        written = {socket.number for socket in self._written}
        straight = self._straight
        return {straight[number]: number for number in frames if number in straight and number not in written}

    def _not_straight(self, prepared: _Prepared) -> list[TurnSocket]:
        left_out = list(self._written.keys() & prepared.places.keys())
        for socket in self._aside & prepared.places.keys():
            if self._is_straight(socket):
                continue
            if socket not in self._written:
                left_out.append(socket)
        return left_out

    def _is_straight(self, socket: TurnSocket) -> bool:
        if socket in self._aside and socket.is_straight():
            self._aside.discard(socket)
            while len(self._descriptors) <= socket.descriptor:
                self._descriptors += _side_by_side(len(self._descriptors))
            self._straight[socket.number] = self._descriptors[socket.descriptor]
        return socket.descriptor >= 0 and socket not in self._aside

    def _flush(self) -> None:
        written, self._written = self._written, {}
        uring = self._uring
        sends: dict[int, bytes] = {}
        sockets: dict[int, TurnSocket] = {}
        for socket in written:
            data = socket.take_unsent()
            if not data:
                continue
            if uring is None or len(written) < FEW or len(data) > PAYLOAD_LIMIT or not self._is_straight(socket):
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
