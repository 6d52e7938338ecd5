"""The data directory of the embedded form: held by one program at a time, with its own secret key."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from lockstep.embedded import postgres
from lockstep.embedded.account import Account
from lockstep.embedded.failure import EmbeddedServerError

# sockaddr_un.sun_path is 108 bytes on Linux and 104 on macOS, with a closing zero.
SOCKET_PATH_MAX_BYTES: Final = 103
SECRET_KEY_BYTES: Final = 48


class DataDir:
    """Everything that an installation in the embedded form keeps."""

    def __init__(self, path: Path) -> None:
        """Name the directory; it is made when somebody writes to it."""
        self.path = path.resolve()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the directory for this process. The kernel lets go of it however the process ends."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "lockstep.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise EmbeddedServerError(
                    f"Another Lockstep is running with the data in {self.path}. "
                    "Stop it first, or set DATA_DIR (and PORT) to run a second one beside it."
                ) from None
            yield

    @contextmanager
    def run_directory(self, account: Account) -> Iterator[Path]:
        """A directory for the servers' sockets, under /tmp when the path here is too long for a socket."""
        inside = self.path / "run"
        is_short = len(os.fsencode(inside / postgres.SOCKET_NAME)) <= SOCKET_PATH_MAX_BYTES
        directory = inside if is_short else Path(tempfile.mkdtemp(prefix="lockstep-"))
        account.own(directory)
        account.open_way_to(directory)
        try:
            yield directory
        finally:
            shutil.rmtree(directory, ignore_errors=True)

    @property
    def environment_file(self) -> Path:
        """While a program runs here: the settings of its nodes, for other commands on the same data."""
        return self.path / "running.env"

    @contextmanager
    def published(self, environment: Mapping[str, str]) -> Iterator[None]:
        """Keep `environment` in `environment_file` for as long as the block runs."""
        lines = [f"{name}='{value}'\n" for name, value in environment.items()]
        self._write_private(self.environment_file, "".join(lines))
        try:
            yield
        finally:
            self.environment_file.unlink(missing_ok=True)

    def secret_key(self) -> SecretStr:
        """The key that signs access tokens, made at the first start and readable by its owner alone."""
        file = self.path / "secret_key"
        if not file.exists():
            self._write_private(file, secrets.token_urlsafe(SECRET_KEY_BYTES))
        return SecretStr(file.read_text())

    def _write_private(self, file: Path, content: str) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        # Whole under another name first: a crash must not leave half a key.
        part = file.with_name(f"{file.name}.part")
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(content)
        part.rename(file)
