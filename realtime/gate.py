"""Who may come in. The node asks; accounts and tokens are known to whoever implements this."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from tracker.identity import Identity


class Gate(Protocol):
    """The keeper of sign-ins."""

    async def authenticate(self, token: str) -> Identity:
        """Whose token this is, and until when. Raises NotAuthenticated."""

    async def ended(self, session_ids: Collection[UUID]) -> set[UUID]:
        """Which of these sign-ins have ended. Asked for all sockets of the node at once, every few seconds."""
