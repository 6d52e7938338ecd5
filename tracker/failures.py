"""What the failure of a transaction says: of the commands in it, or only of a database that cannot do anything now."""

from typing import Final

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

OF_THE_DATABASE: Final = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    SQLAlchemyError,
    OSError,  # a TimeoutError, too
)
"""What whoever asks PostgreSQL has to expect, be it by SQLAlchemy or by the driver."""

_OF_A_COMMAND: Final = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.ProgramLimitExceededError,
    ValueError,  # asyncpg's word for a value that fits no column
)


def lies_with_the_database(error: Exception) -> bool:
    """Whether nothing is known against the commands, so that they may be tried again: now, or when it is well.

    True for everything that is not certainly a command's own fault: a command refused for good is one that its author
    has to write again.
    """
    if isinstance(error, asyncpg.UniqueViolationError):  # a race, which a fresh look decides
        return True
    return isinstance(error, OF_THE_DATABASE) and not isinstance(error, _OF_A_COMMAND)
