"""A disk of its own that can be filled to its last byte, and emptied again."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class SmallDisk:
    """A file system in memory. Needs root, because it is mounted."""

    def __init__(self, directory: Path) -> None:
        self._ballast = directory / "ballast"

    def fill(self) -> None:
        """Take all space that is left."""
        with self._ballast.open("ab") as file, suppress(OSError):
            while free := self._free_bytes():
                os.posix_fallocate(file.fileno(), file.tell(), free)
                file.seek(0, os.SEEK_END)

    def free(self) -> None:
        """Give the space back."""
        self._ballast.unlink(missing_ok=True)

    def _free_bytes(self) -> int:
        state = os.statvfs(self._ballast.parent)
        return state.f_bavail * state.f_frsize


@contextmanager
def small_disk(directory: Path, mebibytes: int) -> Iterator[SmallDisk]:
    """Mount a disk of this size there for as long as the block runs."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "lockstep-faults", directory], check=True)
    try:
        yield SmallDisk(directory)
    finally:
        subprocess.run(["umount", "--lazy", directory], check=True)


def what_mounting_needs() -> str | None:
    """What is missing for this here; None if nothing is."""
    return None if os.geteuid() == 0 else "root, to mount a small disk"
