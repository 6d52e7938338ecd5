"""A client as small as it can be: a socket, the messages that came, and what it was told of each board."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

Message = dict[str, Any]

PATIENCE_SECONDS = 10


class Device:
    """One socket of somebody."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.seen: list[Message] = []
        self.changes: list[tuple[str, int]] = []
        """Every change that came, as board and seq."""
        self._arrived = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    @staticmethod
    async def connect(url: str, **options: Any) -> "Device":
        return Device(await connect(url, compression=None, max_size=None, **options))

    async def _read(self) -> None:
        try:
            async for text in self.socket:
                async with self._arrived:
                    self._take(json.loads(text))
                    self._arrived.notify_all()
        except ConnectionClosed:
            pass
        async with self._arrived:
            self._arrived.notify_all()

    def _take(self, message: Message) -> None:
        self.seen.append(message)
        if message["type"] == "changes":
            self.changes += [(message["board_id"], change["seq"]) for change in message["changes"]]

    # Talking -----------------------------------------------------------------------------------------------------

    async def say(self, type_: str, **fields: Any) -> None:
        await self.socket.send(json.dumps({"type": type_, **fields}, default=str))

    async def hello(self, token: str) -> Message:
        await self.say("hello", protocol=1, token=token, client_id="test")
        return await self.hears("welcome")

    async def watch(self, board_id: UUID, epoch: object = None, seq: int | None = None) -> Message:
        await self.say("watch", board_id=board_id, epoch=epoch, seq=seq)
        return await self.hears("watching", board_id=str(board_id))

    async def command(self, type_: str, board_id: UUID, command_id: UUID | None = None, **fields: Any) -> str:
        command_id = command_id or uuid4()
        command = {"type": type_, "board_id": board_id, **fields}
        await self.say("command", command_id=command_id, command=command)
        return str(command_id)

    # Listening ---------------------------------------------------------------------------------------------------

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something to be true of what came."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._arrived:
            await self._arrived.wait_for(lambda: happened() or self._reading.done())
        assert happened(), self.seen[-5:]

    async def hears(self, type_: str, **fields: Any) -> Message:
        """The first message like this, taken out of what was seen."""

        def find() -> Message | None:
            for message in self.seen:
                if message["type"] == type_ and fields.items() <= message.items():
                    return message
            return None

        await self.until(lambda: find() is not None)
        message = find()
        assert message is not None
        self.seen.remove(message)
        return message

    async def has(self, board_id: UUID, seq: int) -> None:
        """Wait until the change with this seq came."""
        await self.until(lambda: (str(board_id), seq) in self.changes)

    def seqs(self, board_id: UUID) -> list[int]:
        """The changes of a board, as they came."""
        return [seq for board, seq in self.changes if board == str(board_id)]

    async def closed(self) -> int | None:
        """Wait for the end, and tell its close code."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._reading
            await self.socket.wait_closed()
        return self.socket.close_code

    async def close(self) -> None:
        self.socket.transport.abort() if not self._reading.done() else None
        await asyncio.gather(self._reading, return_exceptions=True)
        await self.socket.close()
