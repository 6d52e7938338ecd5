"""The load generator against a server of which every word is known."""

import asyncio
import json
import os
from collections.abc import AsyncIterator

import pytest
from websockets.asyncio.server import ServerConnection, broadcast, serve

from loadtests.tool import ToolError, drive, report_of

SOCKETS = 5


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """A server that says hello, and echoes whatever one says to all."""
    sockets: set[ServerConnection] = set()

    async def endpoint(websocket: ServerConnection) -> None:
        sockets.add(websocket)
        async for message in websocket:
            if message == "hello":
                await websocket.send("welcome")
            else:
                broadcast(sockets, message)
        sockets.discard(websocket)

    async with serve(endpoint, "127.0.0.1", 0, compression=None) as server:
        host, port = next(iter(server.sockets)).getsockname()
        yield f"{host}:{port}"


async def test_every_message_is_counted_at_every_socket(address: str) -> None:
    report = await asyncio.to_thread(
        drive,
        [address],
        SOCKETS,
        opening=[["hello"]],
        live="welcome",
        messages=["before %M after"],
        pids=[os.getpid()],
        window=4,
        seconds=0.5,
        settle=0,
    )

    assert (report.live, report.failed, report.missing) == (SOCKETS, 0, 0)
    assert report.sent > 0
    # The sender hears itself, too, but that is nobody's waiting.
    assert report.heard.count == report.sent * (SOCKETS - 1)
    assert report.last.count == report.sent
    assert 0 < report.heard.p50_ms <= report.heard.p99_ms <= report.heard.max_ms
    # Empty where the kernel does not tell. The server answers in this thread, beside those that wait.
    assert all(0 < on_core < 2 * report.seconds for on_core in report.task_clock_seconds)


async def test_an_acknowledgement_is_found_by_its_command_id(address: str) -> None:
    command = json.dumps({"command_id": "%C", "title": "%M"}, separators=(",", ":"))

    report = await asyncio.to_thread(
        drive, [address], SOCKETS, messages=[command], senders=2, in_flight=3, seconds=0.5, settle=0
    )

    assert report.sent > 6
    assert report.acknowledged_at_last == report.sent
    assert report.answered.count == report.sent
    assert report.refused == 0


async def test_refusals_are_not_acknowledgements(address: str) -> None:
    refusal = json.dumps({"type": "refused", "command_id": "%C"}, separators=(",", ":"))

    report = await asyncio.to_thread(
        drive, [address], 1, messages=[refusal], senders=1, in_flight=1, seconds=0.3, settle=0
    )

    assert report.refused == report.sent > 0
    assert report.acknowledged_at_last == 0


async def test_all_come_back_after_a_cut(address: str) -> None:
    report = await asyncio.to_thread(
        drive,
        [address],
        SOCKETS,
        opening=[["hello"]],
        live="welcome",
        opening_again=[["I am back"]],
        live_again="I am back",
        seconds=0.1,
        settle=0,
    )

    assert (report.live, report.live_again, report.back.count) == (SOCKETS, SOCKETS, SOCKETS)
    assert report.return_seconds > 0


def test_what_is_no_report_is_told() -> None:
    with pytest.raises(ToolError, match="segmentation fault"):
        report_of("segmentation fault")
