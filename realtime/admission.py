"""Which handshakes become sockets: pages of our own origin, programs without cookies, and not too many at once."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from typing import Final

ARRIVALS_PER_ADDRESS: Final = 20
"""Sockets of one address that have yet to say hello."""

PATIENCE_SECONDS: Final = 2.0
"""How long a handshake waits for its turn. A hello takes milliseconds: who waits longer is behind silent sockets."""

WAITING_PER_ADDRESS: Final = 1_000
"""Handshakes of one address that may wait: an office behind one address coming back after its network was away."""

NETWORK_BITS: Final = 64
"""Of an IPv6 address, what names a household; the rest changes at will."""


def is_own_page(headers: Iterable[tuple[bytes, bytes]], allowed_origins: frozenset[str]) -> bool:
    """Whether the handshake may come from a page of ours, or from a program that is no browser.

    Browsers always send Origin. A request without one is a program; with a cookie it would be a browser's after all.
    """
    origins = [value.decode("latin-1") for name, value in headers if name == b"origin"]
    if not origins:
        return all(name != b"cookie" for name, _ in headers)
    return len(origins) == 1 and origins[0] in allowed_origins


def address_of(client: tuple[str, int] | None) -> str:
    """What counts as one address: an IPv4 address, or the network that an IPv6 address lies in."""
    if client is None:
        return ""
    try:
        address = ip_address(client[0])
    except ValueError:
        return client[0]
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> NETWORK_BITS << NETWORK_BITS))


class Admission:
    """Lets in so many sockets of one address at a time; the others wait for a moment before they are sent away."""

    def __init__(self) -> None:
        self._inside: Counter[str] = Counter()
        self._waiting: defaultdict[str, deque[asyncio.Future[None]]] = defaultdict(deque)

    async def enter(self, address: str) -> bool:
        """Take a place, now or when one is left; False when there is none in time. Who is let in has to `leave`."""
        if self._inside[address] < ARRIVALS_PER_ADDRESS:
            self._inside[address] += 1
            return True
        line = self._waiting[address]
        if len(line) >= WAITING_PER_ADDRESS:
            return False
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line.append(place)
        try:
            await asyncio.wait([place], timeout=PATIENCE_SECONDS)
        except asyncio.CancelledError:
            self._give_up(address, place)
            raise
        if not place.done():
            self._give_up(address, place)
            return False
        return True

    def leave(self, address: str) -> None:
        """Give the place to the next in line, or back."""
        line = self._waiting.get(address)
        if line:
            line.popleft().set_result(None)
        else:
            self._waiting.pop(address, None)
            self._inside[address] -= 1
            if not self._inside[address]:
                del self._inside[address]

    def _give_up(self, address: str, place: asyncio.Future[None]) -> None:
        if place.done():
            self.leave(address)
        else:
            self._waiting[address].remove(place)
