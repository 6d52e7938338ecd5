"""Waiting for something that no message tells of."""

import asyncio
from collections.abc import Callable

PATIENCE_SECONDS = 15


async def eventually(happened: Callable[[], bool]) -> None:
    """Return as soon as it is so; fail when it takes too long."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not happened():  # noqa: ASYNC110 - the thing under test has no event to wait for
            await asyncio.sleep(0.01)
