"""The port that a node listens on."""

from __future__ import annotations

import socket
from typing import Final

from lockstep.settings import SettingsError

# Connections that the kernel holds while the node is busy: thousands of clients may come back at one moment.
BACKLOG: Final = 4096

LOCAL_HOST: Final = "127.0.0.1"


def listen(host: str, port: int, *, is_shared: bool = False) -> socket.socket:
    """Take the port, or a share of it beside other nodes. Raises `SettingsError` when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG, reuse_port=is_shared)
    except OSError as error:
        raise SettingsError(
            f"PORT {port} on HOST {host} cannot be used: {error.strerror}. Set PORT to a free one."
        ) from error
