"""A crowd that asks for one page at one moment, over a connection each."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True, slots=True)
class Crowd:
    """What became of it: how many got the page, and when the last one had it."""

    answered: int
    seconds: float


class _Asker(asyncio.Protocol):
    """One of the crowd: counts what comes, and knows from the head how much it will be."""

    def __init__(self, done: asyncio.Future[bool]) -> None:
        self._done = done
        self._head = b""
        self._left: int | None = None

    def data_received(self, data: bytes) -> None:
        if self._left is None:
            self._head += data
            head, end, body = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            self._left = _length_of(head) if head.startswith(b"HTTP/1.1 200") else 0
            data = body
            if not self._left:
                self._finish(is_answered=False)
                return
        self._left -= len(data)
        if self._left <= 0:
            self._finish(is_answered=True)

    def connection_lost(self, exc: Exception | None) -> None:
        self._finish(is_answered=False)

    def _finish(self, *, is_answered: bool) -> None:
        if not self._done.done():
            self._done.set_result(is_answered)


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
    answers: list[asyncio.Future[bool]] = [loop.create_future() for _ in range(count)]
    transports: list[asyncio.Transport] = []
    for start in range(0, count, 500):
        some = answers[start : start + 500]
        opened = await asyncio.gather(*(loop.create_connection(partial(_Asker, each), host, port) for each in some))
        transports += [transport for transport, _ in opened]
    began = time.perf_counter()
    for transport in transports:
        transport.write(request)
    outcomes = await asyncio.wait_for(asyncio.gather(*answers), timeout=60)
    seconds = time.perf_counter() - began
    for transport in transports:
        transport.abort()
    return Crowd(sum(outcomes), seconds)
