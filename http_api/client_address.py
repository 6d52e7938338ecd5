"""Where a request really comes from, as far as it can be known."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# What a provider gives one household: whoever has one address of it has them all.
IPV6_HOUSEHOLD_BITS: Final = 64
# A peer over a UNIX socket has no address.
LOCAL: Final = IPv6Address("::1")


def parse_address(text: str) -> Address | None:
    """The address that the text is, IPv4 also when it is written as IPv6; None if it is none."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def client_address(scope: Scope, trusted_proxies: Sequence[Network]) -> Address:
    """The nearest address that is not one of our proxies.

    X-Forwarded-For is read from its end, and only as far as trusted proxies wrote it: whatever stands before is
    what the client says of itself.
    """
    peer = scope.get("client")
    address = (parse_address(peer[0]) if peer else None) or LOCAL
    hops = [hop for line in Headers(scope=scope).getlist("x-forwarded-for") for hop in line.split(",")]
    while hops and _is_trusted(address, trusted_proxies):
        before = parse_address(hops.pop())
        if before is None:
            break
        address = before
    return address


def _is_trusted(address: Address, trusted_proxies: Sequence[Network]) -> bool:
    return any(address in network for network in trusted_proxies)


def household(address: Address) -> str:
    """What limits count by: an IPv4 address, or the /64 of an IPv6 address."""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_HOUSEHOLD_BITS), strict=False))
    return str(address)
