"""The load generator against a server of which every word is known."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from websockets.asyncio.server import ServerConnection, broadcast, serve

from loadtests.tool import ToolError, drive, report_of
from tests.loadtests.reports import a_report

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
        opening_again=[["hello", "I am back"]],
        live_again="I am back",
        seconds=0.1,
        settle=0,
    )

    assert (report.live, report.live_again, report.back.count) == (SOCKETS, SOCKETS, SOCKETS)
    assert report.return_seconds > 0


async def test_a_socket_waits_for_the_answer_to_its_first_message_as_the_browser_does() -> None:
    too_early: list[str | bytes] = []
    said: list[str | bytes] = []

    async def endpoint(websocket: ServerConnection) -> None:
        said.append(await websocket.recv())
        with suppress(TimeoutError):
            too_early.append(await asyncio.wait_for(websocket.recv(), 0.2))
        await websocket.send("welcome")
        while len(said) + len(too_early) < 3:
            said.append(await websocket.recv())
        await websocket.send("watching")
        await websocket.wait_closed()

    async with serve(endpoint, "127.0.0.1", 0, compression=None) as server:
        host, port = next(iter(server.sockets)).getsockname()
        report = await asyncio.to_thread(
            drive, [f"{host}:{port}"], 1, opening=[["hello", "watch", "here"]], live="watching", seconds=0.1, settle=0
        )

    assert (report.live, report.failed) == (1, 0)
    assert (said, too_early) == (["hello", "watch", "here"], [])


IDLE = "input()"
BUSY_IN_EVER_NEW_THREADS = """
import threading, time
def work():
    until = time.monotonic() + 0.05
    while time.monotonic() < until:
        pass
while True:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
"""


async def test_time_on_a_core_is_told_for_each_process_and_its_later_threads(address: str) -> None:
    programs = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", program, stdin=asyncio.subprocess.PIPE)
        for program in (IDLE, BUSY_IN_EVER_NEW_THREADS)
    ]
    try:
        pids = [program.pid for program in programs]
        report = await asyncio.to_thread(drive, [address], 1, pids=pids, seconds=1.0, settle=0.5)
    finally:
        for program in programs:
            program.kill()
            await program.wait()

    # Where the kernel keeps the task clocks to itself, what is left is /proc.
    for idle, busy in filter(None, (report.cpu_seconds, report.task_clock_seconds)):
        assert idle < 0.1 < busy < report.seconds + 0.1


def test_the_task_clock_of_the_first_process_is_what_a_delivery_costs() -> None:
    assert a_report(deliveries=250_000, task_clock_seconds=(0.5, 9.0)).task_clock_microseconds == 2.0
    assert a_report(deliveries=250_000).task_clock_microseconds is None


def test_what_is_no_report_is_told() -> None:
    with pytest.raises(ToolError, match="segmentation fault"):
        report_of("segmentation fault")
