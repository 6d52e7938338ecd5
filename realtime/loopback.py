"""What a socket spares the kernel when its peer is on this machine, as the gateway mostly is."""

import socket
import sys
from asyncio import BaseTransport
from contextlib import suppress
from typing import Final

_HERE: Final = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})


def spare_congestion_control(transport: BaseTransport) -> None:
    """Let nobody estimate and pace a way that is memory: "reno" does least, and every Linux has it (tcp(7)).

    BBR, which many choose for the way out into the world, takes 4 % of a delivery.
    """
    peer = transport.get_extra_info("peername")
    if sys.platform == "linux" and isinstance(peer, tuple) and peer[0] in _HERE:
        with suppress(OSError):
            transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"reno")
