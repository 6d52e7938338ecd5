"""Ports that nobody listens on."""

import socket


def free_ports(count: int) -> list[int]:
    """So many of them, all different."""
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [listener.getsockname()[1] for listener in listeners]
    finally:
        for listener in listeners:
            listener.close()
