"""One embedded server as a process: started on a leash, watched until ready, stopped, never left behind."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from signal import Signals
from typing import BinaryIO, Final

import psutil

from lockstep.embedded.account import Account
from lockstep.embedded.failure import EmbeddedServerError
from lockstep.embedded.leash import leashed

# Recovery after a power cut replays the write-ahead log first; PostgreSQL bounds that to about a gigabyte.
READY_SECONDS: Final = 120
STOP_SECONDS: Final = 30
POLL_SECONDS: Final = 0.02
LOG_LINES_SHOWN: Final = 15


class ServerProcess:
    """A server in a session of its own, so that Ctrl-C on the terminal does not reach it before the nodes."""

    def __init__(self, name: str, directory: Path, log: Path, account: Account, stop_signal: Signals) -> None:
        """`directory` is the server's data and its working directory; `stop_signal` ends it in good order."""
        self.name = name
        self._directory = directory
        self._log = log
        self._account = account
        self._stop_signal = stop_signal
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def run_to_end(self, command: Sequence[str | Path], stdin: bytes = b"") -> None:
        """Run one of the server's tools as the server's account. Raises with its output when it fails."""
        with self._open_log() as log:
            process = self._spawn(command, log.fileno(), stdin=subprocess.PIPE)
            process.communicate(stdin)
            if process.returncode != 0:
                raise self._failure(f"{Path(command[0]).name} failed")

    def start(self, command: Sequence[str | Path], is_ready: Callable[[], bool]) -> None:
        """Start the server and return when it takes connections."""
        self.end_leftovers()
        with self._open_log() as log:
            self._process = self._spawn(command, log.fileno())
        deadline = time.monotonic() + READY_SECONDS
        while not is_ready():
            if self._process.poll() is not None:
                raise self._failure(f"ended with exit code {self._process.returncode} instead of starting")
            if time.monotonic() > deadline:
                self.stop()
                raise self._failure(f"was not ready after {READY_SECONDS} seconds")
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """Stop the server in good order, or by force after half a minute."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(self._stop_signal)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def end_leftovers(self) -> None:
        """End what an earlier run left working in this directory. The caller holds the lock on the data."""
        left = {process.pid: process for process in self._processes_inside()}
        for process in left.values():
            with suppress(psutil.NoSuchProcess):
                # The children of a server end with it.
                if process.ppid() not in left:
                    process.send_signal(self._stop_signal)
        deadline = time.monotonic() + STOP_SECONDS
        # Looked for anew each time, not waited for: where nobody buries orphans, as in many containers, they stay
        # in the process table, but no longer in the directory.
        while alive := list(self._processes_inside()):
            if time.monotonic() > deadline:
                for process in alive:
                    with suppress(psutil.NoSuchProcess):
                        process.kill()
            time.sleep(POLL_SECONDS)

    def _processes_inside(self) -> Iterator[psutil.Process]:
        for process in psutil.process_iter():
            try:
                if Path(process.cwd()) == self._directory:
                    yield process
            except psutil.Error:
                # Gone meanwhile, or somebody else's.
                continue

    def _open_log(self) -> BinaryIO:
        # A statement that fails is logged with its values.
        return os.fdopen(os.open(self._log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")

    def _spawn(
        self, command: Sequence[str | Path], log: int, stdin: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            leashed(command, self._stop_signal.value, self._account.uid, self._account.gid),
            cwd=self._directory,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            stdin=stdin,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def _failure(self, what: str) -> EmbeddedServerError:
        last = self._log.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:]
        return EmbeddedServerError("\n".join([f"{self.name}: {what}. The end of {self._log}:", *last]))
