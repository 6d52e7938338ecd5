"""A WebSocket client that does what it likes: sends any bytes, and reads only when told to."""

import asyncio
import json
import socket
import struct
from collections.abc import Iterator
from typing import Any

HANDSHAKE = (
    "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{}\r\n"
)
PATIENCE_SECONDS = 15


def masked(data: bytes, first: int = 0x81) -> bytes:
    """A frame of a client; `first` is its first byte."""
    mask = b"\x12\x34\x56\x78"
    size = len(data)
    if size < 126:
        length = struct.pack("!B", 0x80 | size)
    else:
        length = struct.pack("!BH", 0xFE, size) if size < 65_536 else struct.pack("!BQ", 0xFF, size)
    body = bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))
    return bytes([first]) + length + mask + body


class RawSocket:
    """One TCP connection after its handshake."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._loop = asyncio.get_running_loop()
        self._received = b""

    @staticmethod
    async def connect(port: int, receive_buffer: int | None = None, headers: str = "") -> "RawSocket":
        connection = socket.socket()
        if receive_buffer is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.setblocking(False)
        raw = RawSocket(connection)
        await raw._loop.sock_connect(connection, ("127.0.0.1", port))
        await raw.send(HANDSHAKE.format(headers).encode())
        while b"\r\n\r\n" not in raw._received:
            await raw._read()
        answer, raw._received = raw._received.split(b"\r\n\r\n", 1)
        assert answer.startswith(b"HTTP/1.1 101"), answer
        return raw

    async def send(self, data: bytes) -> None:
        await self._loop.sock_sendall(self._connection, data)

    async def say(self, type_: str, **fields: Any) -> None:
        await self.send(masked(json.dumps({"type": type_, **fields}, default=str).encode()))

    async def _read(self) -> bool:
        async with asyncio.timeout(PATIENCE_SECONDS):
            data = await self._loop.sock_recv(self._connection, 1 << 20)
        self._received += data
        return bool(data)

    async def frame(self) -> tuple[int, bytes] | None:
        """The next frame: its first byte and its payload; None at the end of the connection."""
        while True:
            for first, payload in self._frames():
                return first, payload
            try:
                if not await self._read():
                    return None
            except ConnectionResetError:
                return None

    def _frames(self) -> Iterator[tuple[int, bytes]]:
        data = self._received
        if len(data) < 2:
            return
        length, start = data[1], 2
        if length == 126:
            length, start = int.from_bytes(data[2:4], "big"), 4
        elif length == 127:
            length, start = int.from_bytes(data[2:10], "big"), 10
        if len(data) >= start + length:
            self._received = data[start + length :]
            yield data[0], data[start : start + length]

    async def hears(self, type_: str) -> dict[str, Any]:
        """The next message of this type."""
        while (frame := await self.frame()) is not None:
            if frame[0] == 0x81:
                message: dict[str, Any] = json.loads(frame[1])
                if message["type"] == type_:
                    return message
        raise AssertionError(f"the connection ended before {type_}")

    async def close_code(self) -> int | None:
        """Read to the end; the code of the close frame, if one came."""
        code = None
        while (frame := await self.frame()) is not None:
            if frame[0] == 0x88:
                code = int.from_bytes(frame[1][:2], "big")
                self.abort()
                break
        return code

    def abort(self) -> None:
        self._connection.close()

    def reset(self) -> None:
        """End the connection as a machine does that forgot it."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()
