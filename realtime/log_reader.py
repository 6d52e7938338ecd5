"""What the node reads in PostgreSQL: heads, pages of the change log, and who may see a board.

A database that does not answer is waited for, not reported: a session that needs the log keeps its place meanwhile. At
most a few queries run at once, so that all sockets coming back together neither drown the database nor starve the door.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeVar
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tracker.access import Standing, standings
from tracker.asked_together import AskedTogether
from tracker.change_log import Head, LoggedChange, read_changes, read_heads, read_moved_heads
from tracker.database import driver_lent
from tracker.epoch import begin_anew_if_shorter
from tracker.failures import OF_THE_DATABASE

QUERIES_AT_ONCE: Final = 4
"""Of a pool that the door and HTTP share."""

FIRST_PAUSE_SECONDS: Final = 0.1
LONGEST_PAUSE_SECONDS: Final = 2.0

RECENT_CHANGES: Final = 128
"""Changes read into the ring when a board is opened: sockets that come back after a node's end miss but few."""

Isolation = Literal["REPEATABLE READ", "AUTOCOMMIT"]
SNAPSHOT: Final[Isolation] = "REPEATABLE READ"
ONE_STATEMENT: Final[Isolation] = "AUTOCOMMIT"
"""One statement sees one moment by itself; without a transaction around it, it takes one round trip, not three."""

log = structlog.get_logger()

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """Changes after some seq, and the head they belong to; both read in one snapshot."""

    head: Head
    changes: list[LoggedChange]


class Log(Protocol):
    """What catching up asks of the truth. Every call waits until it has an answer."""

    async def standing(self, account_id: UUID, board_id: UUID) -> Standing | None:
        """How the account stands on the board, and the board's head at that moment; None if it may not see it."""

    async def newest(self, board_id: UUID) -> Page | None:
        """The head and the last changes before it; None when there is no such board."""

    async def after(self, board_id: UUID, seq: int, limit: int) -> Page | None:
        """The head and up to `limit` changes after `seq`; None when there is no such board."""

    async def moved(self, known: Mapping[UUID, tuple[UUID, int]]) -> dict[UUID, Head | None]:
        """The heads of those boards that do not stand at this epoch and seq; None for a board that does not exist."""

    async def begin_anew_if_shorter(self, board_id: UUID, epoch: UUID, seq: int) -> Head | None:
        """End the life `epoch` of a log that does not reach `seq`, which was handed out; the head as it is then."""


class LogReader:
    """The `Log` in PostgreSQL."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._places = asyncio.Semaphore(QUERIES_AT_ONCE)
        self._standings = AskedTogether(self._standings_of)

    async def standing(self, account_id: UUID, board_id: UUID) -> Standing | None:
        """How the account stands on the board; see `Log`."""
        return await self._standings.answer((account_id, board_id))

    async def newest(self, board_id: UUID) -> Page | None:
        """The head and the last changes before it; see `Log`."""

        async def read(connection: AsyncConnection) -> Page | None:
            head = (await read_heads(connection, [board_id])).get(board_id)
            if head is None:
                return None
            first = max(head.floor, head.seq - RECENT_CHANGES)
            return Page(head, await read_changes(connection, board_id, first, RECENT_CHANGES))

        return await self._ask(SNAPSHOT, read)

    async def after(self, board_id: UUID, seq: int, limit: int) -> Page | None:
        """The head and up to `limit` changes after `seq`; see `Log`."""

        async def read(connection: AsyncConnection) -> Page | None:
            head = (await read_heads(connection, [board_id])).get(board_id)
            return None if head is None else Page(head, await read_changes(connection, board_id, seq, limit))

        return await self._ask(SNAPSHOT, read)

    async def moved(self, known: Mapping[UUID, tuple[UUID, int]]) -> dict[UUID, Head | None]:
        """The heads that are not where they are known to be; see `Log`."""
        return await self._ask(ONE_STATEMENT, lambda connection: read_moved_heads(connection, known))

    async def begin_anew_if_shorter(self, board_id: UUID, epoch: UUID, seq: int) -> Head | None:
        """End the life of a log that went back; see `Log`."""

        async def renew(connection: AsyncConnection) -> Head | None:
            await begin_anew_if_shorter(connection, board_id, epoch, seq)
            return (await read_heads(connection, [board_id])).get(board_id)

        return await self._ask(ONE_STATEMENT, renew)

    async def _standings_of(self, asked: Sequence[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], Standing]:
        async def read() -> dict[tuple[UUID, UUID], Standing]:
            async with driver_lent(self._engine) as connection:
                return await standings(connection, asked)

        return await self._answered(read)

    async def _ask(self, isolation: Isolation, question: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async def read() -> T:
            async with self._engine.connect() as connection:
                await connection.execution_options(isolation_level=isolation)
                return await question(connection)

        return await self._answered(read)

    async def _answered(self, read: Callable[[], Awaitable[T]]) -> T:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                async with self._places:
                    return await read()
            except OF_THE_DATABASE as error:
                log.warning("log_unreadable", reason=type(error).__name__)
            # Full jitter: whoever waits for a database must not come back to it all at once.
            await asyncio.sleep(random.uniform(0, pause))  # noqa: S311 - no secret
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
