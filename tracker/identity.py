"""Who a token says somebody is, as the socket and the REST side agree on it."""

from dataclasses import dataclass
from uuid import UUID

from tracker.fields import Moment


@dataclass(frozen=True, slots=True)
class Identity:
    """An account, the sign-in it came with, and until when the token is good."""

    account_id: UUID
    session_id: UUID
    expires_at: Moment


class NotAuthenticated(Exception):
    """The token is not one of ours, has expired, or its sign-in has ended."""
