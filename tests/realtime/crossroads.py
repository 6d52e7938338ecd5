"""A way to Redis whose end can be moved. Connections that are open stay where they lead, as after a failover."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Crossroads:
    """Forwards each new connection to where the way leads at that moment."""

    def __init__(self, url: str) -> None:
        self.leads_to = url
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry bytes both ways until one side ends."""
        there, back = await asyncio.open_unix_connection(unquote(urlsplit(self.leads_to).path))
        ways = [asyncio.create_task(_carry(reader, back)), asyncio.create_task(_carry(there, writer))]
        self._tasks.update(ways)
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for end in (writer, back):
            end.close()

    async def close(self) -> None:
        """End all that is carried."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except (ConnectionError, BrokenPipeError):
        return


@asynccontextmanager
async def crossroads(url: str) -> AsyncIterator[tuple[Crossroads, str]]:
    """A way that leads to the server at `url` (unix://...) for now, and its own address."""
    with tempfile.TemporaryDirectory(prefix="crossroads-") as directory:
        path = Path(directory) / "redis.sock"
        way = Crossroads(url)
        server = await asyncio.start_unix_server(way.take, path)
        try:
            yield way, f"unix://{path}?db=0"
        finally:
            server.close()
            await way.close()
