"""A crowd against a server that answers the second half of it otherwise."""

import asyncio
from collections import Counter
from itertools import count

from loadtests.measurements.crowd import LOST, ask_all_at_once


async def test_a_crowd_tells_what_each_was_answered() -> None:
    number = count()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        match next(number) % 3:
            case 0:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe")
                await writer.drain()
                writer.write(b"llo")
            case 1:
                writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        crowd = await ask_all_at_once("127.0.0.1", port, "/", {"Accept-Encoding": "gzip"}, 30)

    assert crowd.statuses == Counter({200: 10, 503: 10, LOST: 10})
    assert crowd.answered == 10
    assert crowd.seconds > 0
