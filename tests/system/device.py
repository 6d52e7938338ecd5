"""A device of somebody, as a program: signs in over HTTP, follows boards over the socket, checks what it is told."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID, uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect

from lockstep.node_process import NodeProcess
from tests.tracker.world import Records, follow
from tracker import wire

PASSWORD = "correct horse battery staple"

Json = dict[str, Any]


def address(node: NodeProcess, scheme: str = "http") -> str:
    return f"{scheme}://{node.host}:{node.port}"


@dataclass
class Copy:
    """What a device holds of one board, and the position it is at."""

    epoch: str
    seq: int
    records: Records
    is_live: bool = False


@dataclass
class Device:
    """One device. It fails by itself when a change comes twice, out of order, or leaves a hole."""

    node: NodeProcess
    http: httpx.AsyncClient
    account_id: UUID
    token: str
    boards: dict[str, Copy] = field(default_factory=dict)
    answers: dict[str, Json] = field(default_factory=dict)
    resyncs: list[Json] = field(default_factory=list)
    _socket: ClientConnection | None = None
    _listening: asyncio.Task[None] | None = None
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    @classmethod
    async def sign_up(cls, node: NodeProcess, name: str, email: str) -> Self:
        """Somebody new, on their first device."""
        body = {"email": email, "name": name, "password": PASSWORD}
        return await cls._begin(node, "/api/accounts", body, 201)

    @classmethod
    async def sign_in(cls, node: NodeProcess, email: str) -> Self:
        """Somebody known, on one device more."""
        return await cls._begin(node, "/api/session", {"email": email, "password": PASSWORD}, 200)

    @classmethod
    async def _begin(cls, node: NodeProcess, path: str, body: Json, status: int) -> Self:
        http = httpx.AsyncClient(base_url=address(node), timeout=20)
        answer = await http.post(path, json=body)
        assert answer.status_code == status, answer.text
        signed_in = answer.json()
        return cls(node, http, UUID(signed_in["account"]["id"]), signed_in["access_token"])

    @property
    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def get(self, path: str) -> Json:
        """What a GET answers."""
        answer = await self.http.get(f"/api{path}", headers=self.authorization)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def load(self, board_id: UUID | str) -> Copy:
        """Take a snapshot of the board, as after a reload."""
        snapshot = await self.get(f"/boards/{board_id}/snapshot")
        records = {(record["type"], record["id"]): record for record in snapshot["records"]}
        copy = self.boards[str(board_id)] = Copy(snapshot["epoch"], snapshot["seq"], records)
        return copy

    async def open(self, node: NodeProcess | None = None) -> None:
        """Open the socket, on another node if given, and watch from where each copy is."""
        self.node = node or self.node
        self._socket = await connect(f"{address(self.node, 'ws')}/ws", max_size=None)
        hello = {"type": "hello", "protocol": 1, "token": self.token, "client_id": secrets.token_hex(8)}
        await self.say(hello)
        welcome = wire.decode(await self._socket.recv())
        assert welcome["type"] == "welcome", welcome
        self._listening = asyncio.create_task(self._listen(self._socket))
        for board_id in self.boards:
            await self.watch(board_id)

    async def watch(self, board_id: UUID | str) -> None:
        """Ask for the board's changes after the copy's position, and wait until the answer is there."""
        copy = self.boards[str(board_id)]
        await self.say({"type": "watch", "board_id": str(board_id), "epoch": copy.epoch, "seq": copy.seq})
        await self.until(lambda: copy.is_live)

    async def close(self) -> None:
        """Cut the socket; the copies stay."""
        if self._socket is None or self._listening is None:
            return
        await self._socket.close()
        await asyncio.gather(self._listening, return_exceptions=True)
        self._socket = None
        for copy in self.boards.values():
            copy.is_live = False

    async def leave(self) -> None:
        """Put the device away."""
        await self.close()
        await self.http.aclose()

    async def say(self, message: Json) -> None:
        """One frame on the socket."""
        assert self._socket is not None
        await self._socket.send(wire.encode(message).decode())

    async def command(self, command_type: str, board_id: UUID | str, **fields: Any) -> str:
        """Send a command without waiting for what becomes of it. Returns its id."""
        command_id = str(uuid4())
        command = {"type": command_type, "board_id": str(board_id), **fields}
        await self.say({"type": "command", "command_id": command_id, "command": command})
        return command_id

    async def does(self, command_type: str, board_id: UUID | str, **fields: Any) -> Json:
        """Send a command and wait for its answer: the change that carries its id, `done`, or `refused`."""
        command_id = await self.command(command_type, board_id, **fields)
        await self.until(lambda: command_id in self.answers)
        return self.answers[command_id]

    async def until(self, holds: Callable[[], bool], seconds: float = 20) -> None:
        """Wait for something to be true of what was heard. Fails loudly when it does not become so."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(lambda: holds() or self._has_failed())
        if self._listening is not None and self._has_failed():
            self._listening.result()

    def _has_failed(self) -> bool:
        listening = self._listening
        return listening is not None and listening.done() and listening.exception() is not None

    def record(self, board_id: UUID | str, record_type: str, record_id: UUID | str) -> Json | None:
        """A record as this device shows it."""
        return self.boards[str(board_id)].records.get((record_type, str(record_id)))

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for frame in socket:
                self._hear(wire.decode(frame))
                async with self._news:
                    self._news.notify_all()
        finally:
            async with self._news:
                self._news.notify_all()

    def _hear(self, message: Json) -> None:
        match message["type"]:
            case "watching":
                copy = self.boards[message["board_id"]]
                assert (message["epoch"], message["seq"]) == (copy.epoch, copy.seq)
                copy.is_live = True
            case "changes":
                copy = self.boards[message["board_id"]]
                for change in message["changes"]:
                    assert change["seq"] == copy.seq + 1, f"{change['seq']} came after {copy.seq}"
                    copy.seq += 1
                    self.answers[change["command_id"]] = change
                copy.records = follow(copy.records, message["changes"])
            case "done" | "refused":
                self.answers[message["command_id"]] = message
            case "resync":
                self.resyncs.append(message)
            case "error":
                raise AssertionError(message)
