"""Ports for servers that a measurement or a test starts."""

from __future__ import annotations

import errno
import random
import socket
from contextlib import ExitStack
from typing import Final

HOST: Final = "127.0.0.1"

# Below the ports that Linux hands out by itself, to outgoing connections and to servers that ask for any: those come
# and go between a look and the server's start.
_FIRST: Final = 15_000
_LAST: Final = 32_000


def free_ports(count: int) -> tuple[int, ...]:
    """So many ports, one after the other as nodes take them, that nobody listens on. Raises `OSError`.

    They stay this process's own until it ends: two processes that look at one time never find the same.
    """
    while True:
        first = random.randint(_FIRST, _LAST - count + 1)
        ports = tuple(range(first, first + count))
        with ExitStack() as stack:
            claims = [stack.enter_context(socket.socket(type=socket.SOCK_DGRAM)) for _ in ports]
            try:
                for port, claim in zip(ports, claims, strict=True):
                    # UDP has ports of its own. Whoever has the one of this number has a claim to the other.
                    claim.bind((HOST, port))
                    socket.create_server((HOST, port)).close()
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                continue
            for claim in claims:
                claim.detach()
            return ports
