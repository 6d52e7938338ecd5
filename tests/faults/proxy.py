"""A wire that can be cut: a TCP proxy which passes on, slows down, or swallows what goes through it."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from types import TracebackType
from typing import Final, Self

CHUNK: Final = 262_144

Address = tuple[str, int] | str
"""A host and a port, or the path of a Unix socket."""


class Proxy(AbstractAsyncContextManager["Proxy"]):
    """Listens on a port of this machine and connects to `upstream`.

    What is held back goes on afterwards, and nobody is told, as when a cable is pulled. `delay`, in seconds, is how
    much longer every answer takes.
    """

    def __init__(self, upstream: Address) -> None:
        self._upstream = upstream
        self._questions_pass = _open_event()
        self._answers_pass = _open_event()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self.delay = 0.0
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self.heal()
        self._server.close()
        self.cut()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def hold(self) -> None:
        """Let nothing through in either direction, new connections neither."""
        self._questions_pass.clear()
        self._answers_pass.clear()

    def hold_answers(self) -> None:
        """Let through what is asked, and nothing that is answered."""
        self._answers_pass.clear()

    def heal(self) -> None:
        """Let everything through again, and at once."""
        self.delay = 0.0
        self._questions_pass.set()
        self._answers_pass.set()

    def cut(self) -> None:
        """End every connection at once."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving = asyncio.current_task()
        assert serving is not None
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)
        await self._questions_pass.wait()
        try:
            if isinstance(self._upstream, str):
                far_reader, far_writer = await asyncio.open_unix_connection(self._upstream)
            else:
                far_reader, far_writer = await asyncio.open_connection(*self._upstream)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, far_writer}
        await asyncio.gather(
            self._pass_on(reader, far_writer, self._questions_pass, lambda: 0.0),
            self._pass_on(far_reader, writer, self._answers_pass, lambda: self.delay),
        )
        self._writers -= {writer, far_writer}

    async def _pass_on(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        passes: asyncio.Event,
        delay: Callable[[], float],
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(CHUNK):
                if seconds := delay():
                    await asyncio.sleep(seconds)
                await passes.wait()
                writer.write(piece)
                await writer.drain()
        writer.close()


def _open_event() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event
