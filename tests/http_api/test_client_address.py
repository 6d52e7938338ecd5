from ipaddress import ip_address, ip_network

import pytest

from http_api.client_address import client_address, household

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


def seen(peer: str | None, *forwarded: str) -> str:
    scope = {
        "client": (peer, 1) if peer is not None else None,
        "headers": [(b"x-forwarded-for", line.encode()) for line in forwarded],
    }
    return str(client_address(scope, PROXIES))


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.1", (), "192.0.2.1"),
        ("192.0.2.1", ("198.51.100.1",), "192.0.2.1"),
        ("10.0.0.1", (), "10.0.0.1"),
        ("10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("1.1.1.1, 198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("1.1.1.1, 198.51.100.1, 10.9.9.9",), "198.51.100.1"),
        ("10.0.0.1", ("1.1.1.1", "198.51.100.1"), "198.51.100.1"),
        ("10.0.0.1", ("198.51.100.1, garbage",), "10.0.0.1"),
        ("10.0.0.1", ("10.0.0.2, 10.0.0.3",), "10.0.0.2"),
        ("fd00::1", ("2001:db8::1",), "2001:db8::1"),
        ("::ffff:10.0.0.1", ("::ffff:198.51.100.1",), "198.51.100.1"),
        (None, ("198.51.100.1",), "::1"),
        ("", (), "::1"),
    ],
)
def test_the_address_is_the_nearest_that_is_not_a_proxy(peer: str, forwarded: tuple[str, ...], expected: str) -> None:
    assert seen(peer, *forwarded) == expected


def test_an_ipv6_household_is_a_64() -> None:
    assert household(ip_address("2001:db8:1:2:3:4:5:6")) == household(ip_address("2001:db8:1:2::1"))
    assert household(ip_address("2001:db8:1:2::1")) != household(ip_address("2001:db8:1:3::1"))
    assert household(ip_address("192.0.2.1")) != household(ip_address("192.0.2.2"))
