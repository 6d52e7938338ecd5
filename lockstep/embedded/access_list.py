"""POSIX access lists, as Linux keeps them in an extended attribute (<linux/posix_acl_xattr.h>).

With them one account can be let through a folder without opening it to everybody.
"""

from __future__ import annotations

import os
import struct
import sys
from errno import ENODATA, ENOTSUP
from pathlib import Path
from typing import Final

ATTRIBUTE: Final = "system.posix_acl_access"
VERSION: Final = struct.pack("<I", 2)
ENTRY: Final = struct.Struct("<HHI")
NO_ID: Final = 0xFFFFFFFF
OWNER, USER, OWNING_GROUP, MASK, OTHER = 0x01, 0x02, 0x04, 0x10, 0x20
SEARCH: Final = 0o1

AccessList = dict[tuple[int, int], int]
"""Permission bits by (tag, id)."""


def allow_entry(directory: Path, uid: int) -> None:
    """Let one account walk through `directory`, not list it nor write to it. Raises `OSError`."""
    if sys.platform != "linux":
        raise OSError(ENOTSUP, os.strerror(ENOTSUP))
    entries = _read(directory)
    entries[USER, uid] = entries.get((USER, uid), 0) | SEARCH
    # The mask bounds what every named account may do.
    entries[MASK, NO_ID] = entries.get((MASK, NO_ID), entries[OWNING_GROUP, NO_ID]) | SEARCH
    packed = [ENTRY.pack(tag, bits, account) for (tag, account), bits in sorted(entries.items())]
    os.setxattr(directory, ATTRIBUTE, VERSION + b"".join(packed))


def _read(directory: Path) -> AccessList:
    if sys.platform != "linux":
        return {}
    try:
        raw = os.getxattr(directory, ATTRIBUTE)
    except OSError as error:
        if error.errno != ENODATA:
            raise
        mode = directory.stat().st_mode
        return {
            (OWNER, NO_ID): mode >> 6 & 7,
            (OWNING_GROUP, NO_ID): mode >> 3 & 7,
            (OTHER, NO_ID): mode & 7,
        }
    return {(tag, account): bits for tag, bits, account in ENTRY.iter_unpack(raw[len(VERSION) :])}
