"""How long the log and the outcomes of commands are kept. Part of the contract: see `docs/protocol.md`."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

LOG_KEPT_AT_LEAST: Final = 1_000
"""Changes of a board that are kept however old they are: who comes back to a quiet board needs no snapshot."""

LOG_KEPT_AT_MOST: Final = 100_000
"""Changes of a board that are kept however young they are."""

COMMANDS_ACCEPTED: Final = timedelta(days=180)
"""How old a command may be that a device still sends: as long as a sign-in can live, and so longer than any device is
offline that need not sign in anew."""

OUTCOMES_KEPT: Final = COMMANDS_ACCEPTED + timedelta(days=1)
"""For so long the outcome of a command is known. A day more than it is accepted, so that the two never meet."""

_VERSION_WITH_TIME: Final = 7
_RANDOM_BITS: Final = 80
_ACCEPTED_MILLISECONDS: Final = int(COMMANDS_ACCEPTED.total_seconds() * 1_000)


def is_expired(command_id: UUID, at: datetime) -> bool:
    """Whether a command with this id comes so late that it may have been done and forgotten.

    Only ids of version 7 tell when they were made. The outcomes of others are kept for ever.
    """
    made_at = command_id.int >> _RANDOM_BITS
    return made_at < _milliseconds(at) - _ACCEPTED_MILLISECONDS and command_id.version == _VERSION_WITH_TIME


def first_id_at(moment: datetime) -> UUID:
    """An id that is not above any id of version 7 made at this moment or later."""
    return UUID(int=max(0, _milliseconds(moment)) << _RANDOM_BITS)


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000)
