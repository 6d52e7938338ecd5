"""How long the log and the outcomes of commands are kept. Part of the contract: see `docs/protocol.md`."""

from datetime import datetime, timedelta
from functools import lru_cache
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


def is_expired(command_id: UUID, at: datetime) -> bool:
    """Whether a command with this id comes so late that it may have been done and forgotten.

    Only ids of version 7 tell when they were made. The outcomes of others are kept for ever.
    """
    return command_id < _oldest_accepted(at) and command_id.version == _VERSION_WITH_TIME


@lru_cache(1)
def _oldest_accepted(at: datetime) -> UUID:
    # All commands of a batch are done at one moment.
    return first_id_at(at - COMMANDS_ACCEPTED)


def first_id_at(moment: datetime) -> UUID:
    """An id that is not above any id of version 7 made at this moment or later."""
    milliseconds = max(0, int(moment.timestamp() * 1_000))
    return UUID(int=milliseconds << _RANDOM_BITS)
