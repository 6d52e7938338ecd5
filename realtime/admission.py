"""Which handshakes become sockets: pages of our own origin, programs without cookies, and not too many at once."""

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from typing import Final

ARRIVALS_PER_ADDRESS: Final = 20
"""Sockets of one address that have yet to say hello. A hello takes milliseconds, so no household ever has so many."""

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
