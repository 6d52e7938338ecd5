"""A server of sockets without a node: whoever connects is a link, and what it says is not heard."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import uvicorn

from realtime.audience import Audience
from realtime.board import ServedBoard
from realtime.cancel import cancel
from realtime.frame_protocol import FrameProtocol
from realtime.frames import text_frame
from realtime.link import EXTENSION
from realtime.watch import Watch, Watcher
from tests.realtime.eventually import eventually
from tests.realtime.raw_socket import RawSocket

SEND_BUFFER = 32_768


class Deaf:
    """A `Receiver` that notes only how its socket does."""

    def __init__(self) -> None:
        self.is_lost = False

    def received(self, text: str) -> None: ...

    def received_unusable(self, reason: str) -> None: ...

    def received_too_much(self) -> None: ...

    def clogged(self) -> None: ...

    def drained(self) -> None: ...

    def lost(self) -> None:
        self.is_lost = True


@dataclass
class Line:
    """Both ends of one socket, what the near one was given to send, and what arrived at the far one."""

    link: FrameProtocol
    receiver: Deaf
    far: RawSocket
    given: list[bytes] = field(default_factory=list)
    arrived: list[bytes] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    """The first bytes of the frames that arrived."""
    is_at_end: bool = False
    _reading: asyncio.Task[None] | None = None

    def numbered(self, number: int, length: int) -> bytes:
        """A frame that is told from all others; noted as given."""
        payload = f"{number}:".encode().ljust(length, b"x")
        self.given.append(payload)
        return text_frame(payload)

    def begin_to_read(self) -> None:
        """Take all that comes, until the line is closed."""
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        while (frame := await self.far.frame()) is not None:
            self.arrived.append(frame[1])
            self.kinds.append(frame[0])
        self.is_at_end = True

    async def close(self) -> None:
        """Let go of the far end."""
        if self._reading is not None:
            await cancel(self._reading)
        self.far.abort()

    async def has_all(self) -> None:
        """Wait until as much arrived as was given."""
        await eventually(lambda: len(self.arrived) >= len(self.given))


class PlainServer:
    """Opens lines to itself."""

    def __init__(self, port: int, links: "asyncio.Queue[tuple[FrameProtocol, Deaf]]") -> None:
        self._port = port
        self._links = links
        self._lines: list[Line] = []

    async def line(self, receive_buffer: int | None = None) -> Line:
        far = await RawSocket.connect(self._port, receive_buffer)
        link, receiver = await self._links.get()
        line = Line(link, receiver, far)
        self._lines.append(line)
        return line

    async def close_lines(self) -> None:
        """Let go of all that were opened."""
        for line in self._lines:
            await line.close()


@asynccontextmanager
async def plain_server() -> AsyncIterator[PlainServer]:
    """The server on a free port, until the block ends."""
    links: asyncio.Queue[tuple[FrameProtocol, Deaf]] = asyncio.Queue()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        link, receiver = scope["extensions"][EXTENSION], Deaf()
        link.give_to(receiver)
        links.put_nowait((link, receiver))

    listener = socket.create_server(("127.0.0.1", 0))
    # What it accepts inherits this: the kernel keeps little, so that bytes have to wait here.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    config = uvicorn.Config(app, ws=FrameProtocol, lifespan="off", log_config=None, access_log=False)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    running = PlainServer(listener.getsockname()[1], links)
    try:
        yield running
    finally:
        await running.close_lines()
        await server.shutdown(sockets=[listener])


def watch_of(line: Line) -> Watch:
    """As if it watched a board."""
    return Watch(cast(Watcher, line), cast(ServedBoard, None), seq=0, start_seq=0, cleared_seq=0)


def audience_of(lines: Iterable[Line]) -> Audience:
    """As if all of them watched one board."""
    audience = Audience()
    for line in lines:
        audience.add(watch_of(line))
    return audience
