"""How often what may be asked. Generous for people, in the way of whoever guesses or floods."""

from hashlib import sha256
from typing import Final

from http_api.rate_limits import Limit

SIGN_UP: Final = Limit("sign_up", burst=30, interval_seconds=60)
"""By household."""

SIGN_IN: Final = Limit("sign_in", burst=60, interval_seconds=10)
"""By household: people behind one address, and whoever tries one password on many accounts."""

SIGN_IN_TO_ACCOUNT: Final = Limit("sign_in_to_account", burst=8, interval_seconds=60)
"""By household and address typed, forgiven by the right password. The owner elsewhere is not in its way."""

SIGN_IN_ANYWHERE: Final = Limit("sign_in_anywhere", burst=100, interval_seconds=30)
"""By address typed, from wherever: guessing from many places is slow, too."""

REFRESH: Final = Limit("refresh", burst=300, interval_seconds=0.2)
"""By household."""

CHANGE_PASSWORD: Final = Limit("change_password", burst=5, interval_seconds=60)
"""By account: an access token that somebody stole must not help to guess the password."""

PREVIEW: Final = Limit("preview", burst=60, interval_seconds=1)
"""By household."""

READ: Final = Limit("read", burst=300, interval_seconds=0.02)
"""By account."""

COMMAND: Final = Limit("command", burst=1_000, interval_seconds=0.005)
"""By account."""


def address_key(email: str) -> str:
    """What an address is counted by, so that Redis holds no list of who has an account."""
    return sha256(email.encode()).hexdigest()[:32]
