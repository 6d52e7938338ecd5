"""Single questions, answered many at a time: for the moment when thousands come back at once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")

TOGETHER_LIMIT: Final = 500
"""Questions in one asking: a query with more keys is no cheaper per key."""


class AskedTogether(Generic[Q, A]):
    """Asks `ask` for everything that gathered while it was asked last.

    As with the door there is no timer: a lone question goes at once, and only under load do questions share a query.
    An answer is never older than its question. What `ask` raises, all of its questions raise.
    """

    def __init__(self, ask: Callable[[Sequence[Q]], Awaitable[Mapping[Q, A]]]) -> None:
        self._ask = ask
        self._waiting: dict[Q, asyncio.Future[A | None]] = {}
        self._asking: asyncio.Task[None] | None = None

    async def answer(self, question: Q) -> A | None:
        """What `ask` says of this question; None when it says nothing of it."""
        future = self._waiting.get(question)
        if future is None:
            future = self._waiting[question] = asyncio.get_running_loop().create_future()
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask_all(), name="asked together")
        # Whoever asked may lose interest, the others have not.
        return await asyncio.shield(future)

    async def _ask_all(self) -> None:
        try:
            while self._waiting:
                questions = list(self._waiting)[:TOGETHER_LIMIT]
                await self._ask_these({question: self._waiting.pop(question) for question in questions})
        finally:
            self._asking = None

    async def _ask_these(self, asked: dict[Q, asyncio.Future[A | None]]) -> None:
        try:
            answers = await self._ask(list(asked))
        except Exception as error:  # noqa: BLE001 - it is handed to those who asked
            for future in asked.values():
                future.set_exception(error)
                future.exception()  # nobody may be left to take it
        else:
            for question, future in asked.items():
                future.set_result(answers.get(question))
