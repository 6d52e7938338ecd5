"""Reads in the order in which they came, some at a time.

Ten thousand who ask at one moment, all worked on at once, are all done at the same late moment, and `Deadline` turns
all of them away just before: to come back as one, for ever. In line, those who can be answered in time are, and the
others when they ask again.
"""

import asyncio
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

AT_ONCE: Final = 100
"""Reads worked on at once. More than the connections to the database keep busy, and answered in a small part of the
time that `Deadline` gives."""

OUT_OF_LINE: Final = ("/health/", "/metrics")
"""What monitors ask has to be answered just when there is a line."""


class InTurn:
    """Lets a read begin when there is a place. It has the place until its answer begins: a slow line costs others none.

    Writes do not wait here. Their order is the door's, and a body that comes slowly would keep a place.
    """

    def __init__(self, app: ASGIApp, at_once: int = AT_ONCE) -> None:
        self._app = app
        self._places = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on when it is its turn."""
        if scope["type"] != "http" or scope["method"] != "GET" or _is_out_of_line(scope):
            await self._app(scope, receive, send)
            return
        has_place: bool = await self._places.acquire()

        def give_back() -> None:
            nonlocal has_place
            if has_place:
                has_place = False
                self._places.release()

        async def sending(message: Message) -> None:
            give_back()
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            give_back()


def _is_out_of_line(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")).startswith(OUT_OF_LINE)
