"""A crowd that asks for one page at one moment, over a connection each."""

from __future__ import annotations

import asyncio
import random
import resource
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, cast

BUSY: Final = 503
"""The status of a node that has too much to do just now: the same may be asked again."""

PAUSE_SECONDS: Final = 1.0
"""Within which somebody who was answered that asks again, at any moment."""

PATIENCE_SECONDS: Final = 60
"""Who has no page by then has none."""

AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Crowd:
    """What became of it: how many got the page, how often one was told to ask again, and when the last one had it."""

    answered: int
    told_to_ask_again: int
    seconds: float


class _Asker(asyncio.Protocol):
    """One of the crowd: asks, asks again when told so, and knows from the head of an answer how much it will be."""

    def __init__(self, request: bytes) -> None:
        self.done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.told_to_ask_again = 0
        self.transport: asyncio.Transport | None = None
        self._request = request
        self._head = b""
        self._status = 0
        self._left: int | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def ask(self) -> None:
        """Ask, for the first time or again."""
        self._head, self._left = b"", None
        if self.transport is not None:
            self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if self._left is None:
            self._head += data
            head, end, data = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            self._status, self._left = int(head.split(b" ", 2)[1]), _length_of(head)
        self._left -= len(data)
        if self._left > 0:
            return
        if self._status == BUSY:
            self.told_to_ask_again += 1
            asyncio.get_running_loop().call_later(random.uniform(0, PAUSE_SECONDS), self.ask)
        else:
            self._finish(is_answered=self._status == 200)

    def connection_lost(self, exc: Exception | None) -> None:
        self._finish(is_answered=False)

    def _finish(self, *, is_answered: bool) -> None:
        if not self.done.done():
            self.done.set_result(is_answered)


def _length_of(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    return 0


async def ask_all_at_once(host: str, port: int, path: str, headers: Mapping[str, str], count: int) -> Crowd:
    """Open `count` connections, ask on all of them at once, and wait until all have the page."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    loop = asyncio.get_running_loop()
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers.items())]
    request = "\r\n".join([*lines, "", ""]).encode()
    askers = [_Asker(request) for _ in range(count)]
    for start in range(0, count, AT_ONCE):
        some = askers[start : start + AT_ONCE]
        await asyncio.gather(*(loop.create_connection(partial(_itself, asker), host, port) for asker in some))
    began = time.perf_counter()
    for asker in askers:
        asker.ask()
    answers, _ = await asyncio.wait([asker.done for asker in askers], timeout=PATIENCE_SECONDS)
    seconds = time.perf_counter() - began
    for asker in askers:
        if asker.transport is not None:
            asker.transport.abort()
    return Crowd(sum(answer.result() for answer in answers), sum(asker.told_to_ask_again for asker in askers), seconds)


def _itself(asker: _Asker) -> _Asker:
    return asker
