"""A crowd that asks for one page at one moment, over a connection each."""

from __future__ import annotations

import asyncio
import resource
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

LOST: Final = 0
"""In place of a status, where the connection was closed instead of an answer."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What became of it: how many got which status, and when the last one had it."""

    statuses: Counter[int]
    seconds: float

    @property
    def answered(self) -> int:
        """How many have the page."""
        return self.statuses[200]


class _Asker(asyncio.Protocol):
    """One of the crowd: counts what comes, and knows from the head how much it will be."""

    def __init__(self, done: asyncio.Future[int]) -> None:
        self._done = done
        self._head = b""
        self._status = LOST
        self._left: int | None = None

    def data_received(self, data: bytes) -> None:
        if self._left is None:
            self._head += data
            head, end, data = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            self._status, self._left = int(head.split(b" ", 2)[1]), _length_of(head)
        self._left -= len(data)
        if self._left <= 0:
            self._finish(self._status)

    def connection_lost(self, exc: Exception | None) -> None:
        self._finish(LOST)

    def _finish(self, status: int) -> None:
        if not self._done.done():
            self._done.set_result(status)


def _length_of(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    return 0


async def ask_all_at_once(host: str, port: int, path: str, headers: Mapping[str, str], count: int) -> Crowd:
    """Open `count` connections, then ask on all of them at once."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    loop = asyncio.get_running_loop()
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers.items())]
    request = "\r\n".join([*lines, "", ""]).encode()
    answers: list[asyncio.Future[int]] = [loop.create_future() for _ in range(count)]
    transports: list[asyncio.Transport] = []
    for start in range(0, count, 500):
        some = answers[start : start + 500]
        opened = await asyncio.gather(*(loop.create_connection(partial(_Asker, each), host, port) for each in some))
        transports += [transport for transport, _ in opened]
    began = time.perf_counter()
    for transport in transports:
        transport.write(request)
    statuses = await asyncio.wait_for(asyncio.gather(*answers), timeout=60)
    seconds = time.perf_counter() - began
    for transport in transports:
        transport.abort()
    return Crowd(Counter(statuses), seconds)
