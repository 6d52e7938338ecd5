"""Who a change takes off its board. The one thing that a node reads in a change."""

from typing import Final
from uuid import UUID

from tracker import wire

# Nearly every change removes nothing, and then its JSON ends like this: no need to decode it.
_REMOVES_NOTHING: Final = b'"remove":[]}'
_NOBODY: Final[frozenset[UUID]] = frozenset()


def removed_members(body: bytes) -> frozenset[UUID]:
    """The accounts that may not see the board after this change."""
    if body.endswith(_REMOVES_NOTHING):
        return _NOBODY
    return frozenset(UUID(entry["id"]) for entry in wire.decode(body)["remove"] if entry["type"] == "member")
