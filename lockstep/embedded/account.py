"""The system account that the embedded servers run as, and its way to their files.

PostgreSQL refuses to run as root. Started by anybody else, the servers run as that person; started by root,
they run as the account `lockstep`, which is made when it is missing and owns nothing but the servers' files.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lockstep.embedded.access_list import allow_entry
from lockstep.embedded.failure import EmbeddedServerError

ACCOUNT_NAME: Final = "lockstep"


@dataclass(frozen=True, slots=True)
class Account:
    """A system account by its numbers."""

    uid: int
    gid: int

    def own(self, directory: Path) -> None:
        """Make `directory` the account's own and nobody else's."""
        directory.mkdir(parents=True, exist_ok=True)
        directory.chmod(0o700)
        if directory.stat().st_uid != self.uid:
            os.chown(directory, self.uid, self.gid)

    def open_way_to(self, path: Path) -> None:
        """Let the account walk to `path`, which may lie in a home that only root can enter."""
        for folder in reversed(path.resolve().parents):
            self._open(folder)

    def _open(self, folder: Path) -> None:
        status = folder.stat()
        if status.st_mode & 0o001 or status.st_uid == self.uid:
            return
        try:
            allow_entry(folder, self.uid)
        except OSError as error:
            raise EmbeddedServerError(
                f"PostgreSQL does not run as root, and the account {ACCOUNT_NAME} that runs it may not enter "
                f"{folder} ({error.strerror}). Set DATA_DIR to a folder that everybody may enter, "
                f"or allow it with: chmod o+x {folder}"
            ) from error


def server_account() -> Account:
    """The account for the servers that this process starts."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    entry = _find_account() or _make_account()
    return Account(entry.pw_uid, entry.pw_gid)


def _find_account() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(ACCOUNT_NAME)
    except KeyError:
        return None


def _make_account() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    try:
        made = subprocess.run([*command, ACCOUNT_NAME], capture_output=True, text=True, check=False)
        complaint = made.stderr.strip()
    except FileNotFoundError:
        complaint = "useradd is not installed"
    # Another start may have made it at the same moment, so what counts is whether it is there.
    entry = _find_account()
    if entry is None:
        raise EmbeddedServerError(
            f"PostgreSQL does not run as root, and no account {ACCOUNT_NAME} could be made: {complaint}. "
            "Run Lockstep as another user, or set DATABASE_URL and REDIS_URL."
        )
    return entry
