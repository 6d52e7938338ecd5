"""A crowd against a server that is busy for some, and closes on others."""

import asyncio
from itertools import count

import pytest

from loadtests.measurements import crowd as measured
from loadtests.measurements.crowd import ask_all_at_once


async def test_a_crowd_asks_again_when_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured, "PAUSE_SECONDS", 0.01)
    number = count()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        place = next(number) % 3
        await reader.readuntil(b"\r\n\r\n")
        if place == 2:
            writer.close()
            return
        if place == 1:
            writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy")
            await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe")
        await writer.drain()
        writer.write(b"llo")
        await reader.read()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        crowd = await ask_all_at_once("127.0.0.1", port, "/", {"Accept-Encoding": "gzip"}, 30)

    assert (crowd.answered, crowd.told_to_ask_again) == (20, 10)
    assert crowd.seconds > 0
