"""The open sockets of one event loop by their numbers, and which of them have bytes waiting in their transports.

A beat asks for hundreds of them at once, so none is touched that goes on as it was: what belongs to it may be far away
in memory.
"""

from collections.abc import Set as AbstractSet
from itertools import count
from typing import Final, Protocol

from realtime.link import Link

_DENSE: Final = 1_024
"""So many numbers of sockets are made together."""


class TurnSocket(Link, Protocol):
    """What a turn has to know of a socket."""

    descriptor: int
    """The kernel's number of the socket; below 0 when bytes may only go by its transport."""

    def take_unsent(self) -> bytes:
        """All that was written and not sent."""

    def is_straight(self) -> bool:
        """Whether nothing waits in the transport any more, and the socket is not closing."""

    def write_by_transport(self, data: bytes) -> None:
        """Send bytes behind those that wait in the transport. If some remain there, tell `OpenSockets.went_aside`."""


class OpenSockets:
    """Gives each socket its number, and knows which are straight: nothing waits in their transports, so their bytes may
    go past these. The others are aside, as each is made to be when it is opened, until somebody looks.
    """

    def __init__(self) -> None:
        self.by_number: Final[dict[int, TurnSocket]] = {}
        self.aside: Final[set[TurnSocket]] = set()
        """Those with a descriptor that were not straight when last looked at, which `is_straight` does."""
        self._straight: dict[int, int] = {}
        """By number, the descriptors of those that were seen to be straight and did not go aside since."""
        self._numbers = (number for first in count(1, _DENSE) for number in _side_by_side(first))
        self._descriptors: list[int] = []

    def opened(self, socket: TurnSocket) -> int:
        """A socket is there to be written to. Returns its number, which no other ever gets, unlike its descriptor."""
        number = next(self._numbers)
        self.by_number[number] = socket
        return number

    def went_aside(self, socket: TurnSocket) -> None:
        """Bytes of this socket wait in its transport, or may do so."""
        if socket.descriptor >= 0:
            self.aside.add(socket)
            self._straight.pop(socket.number, None)

    def lost(self, socket: TurnSocket) -> None:
        """Forget a socket that is about to be closed."""
        self.aside.discard(socket)
        self._straight.pop(socket.number, None)
        self.by_number.pop(socket.number, None)

    def is_straight(self, socket: TurnSocket) -> bool:
        """Whether bytes of this socket may go past its transport. Looks at one that went aside."""
        if socket in self.aside and socket.is_straight():
            self.aside.discard(socket)
            while len(self._descriptors) <= socket.descriptor:
                self._descriptors += _side_by_side(len(self._descriptors))
            self._straight[socket.number] = self._descriptors[socket.descriptor]
        return socket.descriptor >= 0 and socket not in self.aside

    def straight_of(self, numbers: AbstractSet[int]) -> dict[int, int]:
        """Those of these numbers whose sockets are straight, by descriptor. Only such as went aside are looked at."""
        straight = self._straight
        for number in numbers - straight.keys():
            if (socket := self.by_number.get(number)) is not None:
                self.is_straight(socket)
        return {straight[number]: number for number in numbers if number in straight}


def _side_by_side(first: int) -> list[int]:
    """The numbers from this one on. One made alone lies among what else was made for its socket, and whoever goes
    through those of thousands waits for memory at each.
    """
    return [*range(first, first + _DENSE)]
