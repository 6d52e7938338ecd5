"""Ending tasks for certain."""

import asyncio
from typing import Any, Final

AGAIN_SECONDS: Final = 0.1


async def cancel(*tasks: asyncio.Task[Any]) -> None:
    """Cancel the tasks and return when they have ended.

    Once is not enough: `asyncio.wait_for` of Python 3.11, which redis-py uses, swallows a cancellation that meets the
    result it waited for, and the task goes on as if nothing had been said.
    """
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=AGAIN_SECONDS)
    await asyncio.gather(*tasks, return_exceptions=True)
