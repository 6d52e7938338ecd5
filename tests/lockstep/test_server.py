"""The server around one node, without the node."""

import asyncio
from signal import SIGTERM
from typing import Any, cast

import pytest
import uvicorn

from lockstep import server
from lockstep.server import NodeServer


async def nothing(*_: Any) -> None:
    """An application that is never called."""


async def test_a_signal_ends_the_waiting_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "TICK_SECONDS", 3_600.0)
    waiting_server = NodeServer(uvicorn.Config(nothing), cast(Any, None))
    serving = asyncio.create_task(waiting_server.main_loop())
    await asyncio.sleep(0)
    waiting_server.handle_exit(SIGTERM, None)
    async with asyncio.timeout(10):
        await serving
