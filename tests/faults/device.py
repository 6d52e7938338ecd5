"""A device that does what a real client must: it comes back, catches up, sends again, and writes down what it heard."""

import asyncio
import random
import secrets
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from uuid import UUID, uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.faults.history import History, Replica, Seen, moment_of
from tests.tracker.world import Records, follow
from tracker import wire

Json = dict[str, Any]
PASSWORD: Final = "correct horse battery staple"
HTTP_SECONDS: Final = 10
CONNECT_SECONDS: Final = 5
SHORTEST_PAUSE: Final = 0.05
LONGEST_PAUSE: Final = 0.5
SILENCE_SECONDS: Final = 45
"""Three heartbeats: nothing moves on this socket any more."""

TOKEN_EXPIRED: Final = 4401
RETRIABLE: Final = frozenset({429, 502, 503})
"""What may be answered to a call in bad times. A 500 may not."""


@cache
def trusting_everybody() -> ssl.SSLContext:
    """For a gateway whose certificate was made a moment ago."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@dataclass
class Copy:
    """What the device holds of one board. `live_since` is 0 while it does not watch; it did until `lived_until`."""

    epoch: str
    seq: int
    records: Records
    live_since: float = 0.0
    lived_until: float = 0.0


@dataclass
class FaultDevice:
    """One device of one person. `addresses()` are the nodes that one may try, as a load balancer would know them."""

    name: str
    addresses: Callable[[], Sequence[str]]
    history: History
    chance: random.Random
    account_id: str = ""
    email: str = ""
    token: str = ""
    boards: dict[str, Copy] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    unanswered: dict[str, Json] = field(default_factory=dict)
    reads: asyncio.Event = field(default_factory=asyncio.Event)
    _http: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(timeout=HTTP_SECONDS, verify=trusting_everybody(), trust_env=False)
    )
    _socket: ClientConnection | None = None
    _task: asyncio.Task[None] | None = None
    _away_since: float = 0.0
    _return_seconds: float | None = None
    _sent_at: dict[str, float] = field(default_factory=dict)
    _again: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.reads.set()

    # Over HTTP -------------------------------------------------------------------------------------------------

    async def sign_up(self) -> None:
        """Somebody new."""
        self.email = f"{self.name}-{uuid4().hex}@example.org"
        body = {"email": self.email, "name": self.name, "password": PASSWORD}
        signed_in = await self._call("POST", "/accounts", body)
        self.account_id, self.token = signed_in["account"]["id"], signed_in["access_token"]

    async def sign_in(self) -> None:
        """The token has expired."""
        self.token = ""
        signed_in = await self._call("POST", "/session", {"email": self.email, "password": PASSWORD})
        self.token = signed_in["access_token"]

    async def give(self, command_type: str, board_id: str, **fields: Any) -> None:
        """Do a command over HTTP, however long it takes."""
        command_id = str(uuid4())
        self.history.said(command_id, board_id, time.time())
        body = {"command_id": command_id, "command": {"type": command_type, "board_id": board_id, **fields}}
        try:
            await self._call("POST", "/commands", body)
        except LookupError:
            self.history.answered(command_id, "refused not_found", time.time())
        else:
            self.history.answered(command_id, "done", time.time())

    async def look(self) -> None:
        """Ask for the list of boards."""
        await self._call("GET", "/boards")

    async def load(self, board_id: str) -> None:
        """Take a snapshot of the board."""
        snapshot = await self._call("GET", f"/boards/{board_id}/snapshot")
        records = {(record["type"], record["id"]): record for record in snapshot["records"]}
        self.boards[board_id] = Copy(snapshot["epoch"], snapshot["seq"], records)

    async def _call(self, method: str, path: str, body: Json | None = None) -> Json:
        while True:
            headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
            began = time.monotonic()
            try:
                answer = await self._http.request(method, self._address() + "/api" + path, json=body, headers=headers)
            except httpx.HTTPError:
                answer = None
            self.history.answer_seconds.append(time.monotonic() - began)
            if answer is not None and answer.status_code < 300:
                return dict(answer.json())
            if answer is not None and answer.status_code == 404:
                raise LookupError(path)
            if answer is not None and answer.status_code == 401 and self.token:
                await self.sign_in()
                continue
            self.history.sent_again += 1
            if answer is not None and answer.status_code not in RETRIABLE:
                self.history.violations.append(f"{method} {path} was answered {answer.status_code}: {answer.text}")
            await self._pause()

    def _address(self) -> str:
        return self.chance.choice(self.addresses())

    async def _pause(self) -> None:
        await asyncio.sleep(self.chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))

    # On the socket ---------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Connect and stay connected."""
        self._away_since = time.time()
        self._task = asyncio.create_task(self._stay(), name=self.name)

    async def stop(self) -> None:
        """Go away for good."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._http.aclose()

    async def command(self, command_type: str, board_id: str, **fields: Any) -> None:
        """Ask for something now, or as soon as there is a connection."""
        command_id = str(uuid4())
        command = {"type": command_type, "board_id": board_id, **fields}
        self.unanswered[command_id] = {"type": "command", "command_id": command_id, "command": command}
        self.history.said(command_id, board_id, time.time())
        if self._socket is not None and self.boards[board_id].live_since:
            with suppress(WebSocketException, OSError):
                await self._say(self.unanswered[command_id])

    def hang_up(self) -> None:
        """Lose the connection, as somebody who walks out of the door; the next one may go to another node."""
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.transport.abort()

    @property
    def is_settled(self) -> bool:
        """Whether every command has its answer and every board is live."""
        return not self.unanswered and all(copy.live_since for copy in self.boards.values())

    def replicas(self) -> list[Replica]:
        """What the device holds."""
        return [Replica(self.name, board_id, copy.seq, copy.records) for board_id, copy in self.boards.items()]

    async def _stay(self) -> None:
        while True:
            try:
                await self._connection()
            except (WebSocketException, OSError, TimeoutError) as error:
                if isinstance(error, ConnectionClosed) and error.rcvd and error.rcvd.code == TOKEN_EXPIRED:
                    await self.sign_in()
            self.history.sockets_lost += self._socket is not None
            self._socket = None
            self._sent_at.clear()
            self._away_since = self._away_since or time.time()
            for copy in self.boards.values():
                if copy.live_since:
                    copy.lived_until = time.time()
                copy.live_since = 0.0
            await self._stay_away()

    async def _stay_away(self) -> None:
        """Until the moment that the server named, else for a moment."""
        seconds, self._return_seconds = self._return_seconds, None
        if seconds is None:
            await self._pause()
        else:
            await asyncio.sleep(seconds)

    async def _connection(self) -> None:
        url = self._address().replace("http", "ws") + "/ws"
        async with connect(
            url,
            ssl=trusting_everybody() if url.startswith("wss") else None,
            compression=None,
            max_size=None,
            open_timeout=CONNECT_SECONDS,
            close_timeout=1,
            ping_interval=None,
        ) as socket:
            await socket.send(
                wire.encode(
                    {"type": "hello", "protocol": 1, "token": self.token, "client_id": secrets.token_hex(8)}
                ).decode()
            )
            while True:
                await self.reads.wait()
                async with asyncio.timeout(SILENCE_SECONDS):
                    message = wire.decode(await socket.recv())
                await self._hear(socket, message)

    async def _hear(self, socket: ClientConnection, message: Json) -> None:
        now = time.time()
        match message["type"]:
            case "welcome":
                self._socket = socket
                for board_id in self.boards:
                    await self._watch(board_id)
            case "watching":
                await self._is_live(message["board_id"], now)
            case "changes":
                self._apply(message["board_id"], message["changes"], now)
            case "done":
                self._answered(message["command_id"], "done", now)
            case "refused":
                self._refused(message["command_id"], message["code"], now)
            case "resync":
                await self._resync(message["board_id"], message["reason"])
            case "bye":
                self.history.bye_moments.append(now)
                self._return_seconds = message["reconnect_ms"] / 1_000
            case "error":
                self.history.violations.append(f"{self.name} was told {message['code']}: {message['message']}")

    async def _watch(self, board_id: str) -> None:
        copy = self.boards[board_id]
        await self._say({"type": "watch", "board_id": board_id, "epoch": copy.epoch, "seq": copy.seq})

    async def _is_live(self, board_id: str, now: float) -> None:
        self.boards[board_id].live_since = now
        for message in list(self.unanswered.values()):
            if message["command"]["board_id"] == board_id:
                self.history.sent_again += 1
                await self._say(message)
        if self._away_since and all(copy.live_since for copy in self.boards.values()):
            self.history.away_seconds.append(now - self._away_since)
            self._away_since = 0.0

    def _apply(self, board_id: str, changes: list[Json], now: float) -> None:
        copy = self.boards.get(board_id)
        if copy is None:
            return
        for change in changes:
            if change["seq"] != copy.seq + 1:
                self.history.violations.append(f"I4: {self.name} heard {change['seq']} after {copy.seq} of {board_id}")
            copy.seq = change["seq"]
            at = moment_of(change)
            # What was committed while the device took itself for live it should have had then, whatever became of it.
            live_since = copy.live_since if at > copy.lived_until else 0.0
            seq, command_id = change["seq"], change["command_id"]
            self.history.seen.append(Seen(self.name, self.account_id, board_id, seq, command_id, at, now, live_since))
            self._answered(change["command_id"], "done", now)
        copy.records = follow(copy.records, changes)

    def _refused(self, command_id: str, code: str, now: float) -> None:
        if code != "unavailable":
            self._answered(command_id, f"refused {code}", now)
            return
        self.history.sent_again += 1
        self._heard_answer(command_id)
        self._again.add(task := asyncio.create_task(self._send_again(command_id)))
        task.add_done_callback(self._again.discard)

    async def _send_again(self, command_id: str) -> None:
        await self._pause()
        if command_id in self.unanswered:
            with suppress(WebSocketException, OSError):
                await self._say(self.unanswered[command_id])

    def _heard_answer(self, command_id: str) -> None:
        if (sent_at := self._sent_at.pop(command_id, None)) is not None:
            self.history.answer_seconds.append(time.monotonic() - sent_at)

    def _answered(self, command_id: str, answer: str, now: float) -> None:
        self._heard_answer(command_id)
        if self.unanswered.pop(command_id, None) is not None:
            self.history.answered(command_id, answer, now)

    async def _resync(self, board_id: str, reason: str) -> None:
        self.history.resyncs += 1
        if reason != "not_found":
            with suppress(LookupError):
                await self.load(board_id)
                await self._watch(board_id)
                return
        self.boards.pop(board_id, None)
        self.gone.add(board_id)

    async def _say(self, message: Json) -> None:
        if self._socket is not None:
            if message["type"] == "command":
                self._sent_at[message["command_id"]] = time.monotonic()
            await self._socket.send(wire.encode(message).decode())


def new_id(chance: random.Random) -> str:
    """A random id, from the run's own seed."""
    return str(UUID(int=chance.getrandbits(128), version=4))
