"""The roles on a board, from the least to the most allowed."""

from typing import Final, Literal

Role = Literal["viewer", "commenter", "editor", "admin", "owner"]

RANK: Final[dict[Role, int]] = {"viewer": 0, "commenter": 1, "editor": 2, "admin": 3, "owner": 4}


def at_least(role: Role, minimum: Role) -> bool:
    """Whether a role includes all that `minimum` allows."""
    return RANK[role] >= RANK[minimum]
