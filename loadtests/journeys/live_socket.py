"""A WebSocket of a Locust user: the sans-I/O protocol of `websockets` on a gevent socket, read by one greenlet."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from typing import Any, Final

import gevent
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

READ_BYTES: Final = 65_536
CONNECT_SECONDS: Final = 30

Message = dict[str, Any]


class LiveSocket:
    """Connected when made. `hear` gets every message; `lost` is called when the connection ends by itself."""

    def __init__(self, host: str, port: int, hear: Callable[[Message], None], lost: Callable[[], None]) -> None:
        self._protocol = ClientProtocol(parse_uri(f"ws://{host}:{port}/ws"), max_size=None)
        self._socket = socket.create_connection((host, port), timeout=CONNECT_SECONDS)
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._hear = hear
        self._lost = lost
        self._is_over = False
        self._protocol.send_request(self._protocol.connect())
        self._flush()
        self._reader = gevent.spawn(self._read)

    def say(self, message: Message) -> None:
        """Send a message once the handshake is answered; one that the connection has lost is lost."""
        if not self._is_over:
            self._protocol.send_text(json.dumps(message, separators=(",", ":")).encode())
            self._flush()

    def cut(self) -> None:
        """Be gone, without a word, as a phone in a tunnel."""
        self._is_over = True
        self._socket.close()
        self._reader.kill(block=False)

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data:
                self._socket.sendall(data)

    def _read(self) -> None:
        try:
            while data := self._socket.recv(READ_BYTES):
                self._protocol.receive_data(data)
                self._flush()
                for event in self._protocol.events_received():
                    if isinstance(event, Frame):
                        if event.opcode is Opcode.TEXT:
                            self._hear(json.loads(event.data))
                    elif self._protocol.handshake_exc is None:
                        self._hear({"type": "open"})
        except OSError:
            pass
        if not self._is_over:
            self._is_over = True
            self._socket.close()
            self._lost()


def now_ms() -> float:
    """The moment, for durations."""
    return time.perf_counter() * 1_000
