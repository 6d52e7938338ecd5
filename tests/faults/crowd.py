"""Thousands of sockets that only watch: as light as they can be, so that two cores can hold a storm of them."""

import asyncio
import base64
import os
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, cast
from urllib.parse import urlsplit

from tests.faults.device import FaultDevice
from tracker import wire

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 10.0
"""Full-jitter back-off, as the browser's, for a socket that was told no moment to come back."""

ADDRESSES: Final = 200
"""Of this machine, from which they come: nodes count newcomers by address."""

SHORT, MIDDLE, LONG = 125, 126, 127
TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
HEADER: Final = 2
SWITCHED: Final = b"HTTP/1.1 101"


class CrowdSocket(asyncio.Protocol):
    """Joins from where it was, answers pings, skips what changes, and comes back when it is sent away or lost."""

    def __init__(self, crowd: "Crowd", number: int, device: FaultDevice) -> None:
        self._crowd = crowd
        self._number = number
        self._device = device
        self._position: dict[str, Any] | None = None
        self._buffer = bytearray()
        self._is_open = False
        self._pauses = FIRST_PAUSE
        self._return_seconds: float | None = None
        self._transport: asyncio.Transport | None = None
        self.is_live = False
        self.is_wanted = True

    async def stay(self) -> None:
        """Connect, and connect again whenever the socket is gone."""
        loop = asyncio.get_running_loop()
        while self.is_wanted:
            url = urlsplit(self._crowd.chance.choice(self._device.addresses()))
            self._gone = loop.create_future()
            source = (f"127.0.1.{1 + self._number % ADDRESSES}", 0)
            try:
                await loop.create_connection(lambda: self, url.hostname or "", url.port or 0, local_addr=source)
                await self._gone
            except OSError:
                self._crowd.ends["refused connection"] += 1
            self._buffer.clear()
            self._is_open = self.is_live = False
            await asyncio.sleep(self._pause())

    def end(self) -> None:
        """Go for good."""
        self.is_wanted = False
        self.end_socket()

    def end_socket(self) -> None:
        """Let this one go, if there is one."""
        if self._transport is not None:
            self._transport.abort()

    def _pause(self) -> float:
        if self._return_seconds is not None:
            seconds, self._return_seconds = self._return_seconds, None
            return seconds
        self._pauses = min(self._pauses * 2, LONGEST_PAUSE)
        return self._crowd.chance.uniform(0, self._pauses)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Shake hands."""
        # uvloop's are not made of asyncio's class.
        self._transport = cast(asyncio.Transport, transport)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = ("GET /ws HTTP/1.1", "Host: crowd", "Upgrade: websocket", "Connection: Upgrade")
        last = (f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", "")
        self._transport.write("\r\n".join([*lines, *last]).encode())

    def connection_lost(self, _: Exception | None) -> None:
        """Gone."""
        if not self._gone.done():
            self._gone.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Answers and changes."""
        self._buffer += data
        if not self._is_open:
            head, found, rest = bytes(self._buffer).partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(SWITCHED):
                self._crowd.ends[head.split(b" ", 2)[1].decode()] += 1
                self.end_socket()
                return
            self._is_open = True
            self._buffer = bytearray(rest)
            self._say(
                {"type": "hello", "protocol": 1, "token": self._device.token, "client_id": f"crowd-{self._number}"}
            )
        while (frame := self._frame()) is not None:
            self._take(*frame)

    def _frame(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < HEADER:
            return None
        size, start = buffer[1], HEADER
        if size >= MIDDLE:
            start += 2 if size == MIDDLE else 8
            size = int.from_bytes(buffer[HEADER:start], "big")
        if len(buffer) < start + size:
            return None
        payload = bytes(buffer[start : start + size])
        first = buffer[0]
        del buffer[: start + size]
        return first, payload

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == PING:
            self._write(PONG, payload)
        elif kind == CLOSE:
            self._crowd.ends[str(int.from_bytes(payload[:2], "big"))] += 1
            self.end_socket()
        elif not payload.startswith(b'{"type":"changes"'):
            self._hear(wire.decode(payload))

    def _hear(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "welcome":
                board_id = next(iter(self._device.boards))
                position = self._position or {"epoch": None, "seq": None}
                self._say({"type": "watch", "board_id": board_id, **position})
            case "watching":
                self._position = {"epoch": message["epoch"], "seq": message["seq"]}
                self.is_live = True
                self._pauses = FIRST_PAUSE
            case "resync":
                self._crowd.resyncs += 1
                self.is_live = True
            case "bye":
                self._return_seconds = message["reconnect_ms"] / 1_000

    def _say(self, message: dict[str, Any]) -> None:
        self._write(TEXT, wire.encode(message))

    def _write(self, kind: int, payload: bytes) -> None:
        assert self._transport is not None
        size = bytes([0x80 | len(payload)]) if len(payload) <= SHORT else b"\xfe" + len(payload).to_bytes(2, "big")
        # A mask of zeros changes nothing, and is one all the same.
        self._transport.write(bytes([kind]) + size + bytes(4) + payload)


class Crowd:
    """So many sockets of these devices' people. `ends` counts by which code or status they were sent away."""

    def __init__(self, devices: Sequence[FaultDevice], sockets: int, chance: random.Random) -> None:
        self.chance = chance
        self.ends: Counter[str] = Counter()
        self.resyncs = 0
        self._sockets = [CrowdSocket(self, number, devices[number % len(devices)]) for number in range(sockets)]
        self._tasks = [asyncio.create_task(socket.stay()) for socket in self._sockets]

    @property
    def live(self) -> int:
        """How many watch."""
        return sum(socket.is_live for socket in self._sockets)

    @property
    def all_are_live(self) -> bool:
        """Whether all of them do."""
        return self.live == len(self._sockets)

    async def leave(self) -> None:
        """All go home."""
        for socket in self._sockets:
            socket.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
