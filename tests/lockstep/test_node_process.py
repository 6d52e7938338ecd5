"""A composed node as a real process."""

import asyncio
import json
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from lockstep.node_process import MEMORY, NodeFailedError, NodeProcess
from lockstep.port import listen
from lockstep.settings import SettingsError
from tests.conftest import StartNode, nodes_on

ADA = {"email": "ada@example.org", "name": "Ada", "password": "correct horse battery"}


async def sign_up(node: NodeProcess) -> str:
    async with httpx.AsyncClient(base_url=node.url, headers={"origin": node.url}) as client:
        answer = await client.post("/api/accounts", json=ADA)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["access_token"])


def socket_of(node: NodeProcess, origin: str | None = None) -> connect:
    return connect(f"{node.url}/ws".replace("http", "ws", 1), origin=Origin(origin or node.url), proxy=None)


async def say_hello(connection: ClientConnection, token: str) -> Any:
    await connection.send(json.dumps({"type": "hello", "protocol": 1, "token": token, "client_id": "test"}))
    return json.loads(await connection.recv())


@pytest.fixture(scope="module")
def start_neighbour(database_url: str, redis_url: str) -> Iterator[StartNode]:
    """Starts nodes that stay for the whole file."""
    with nodes_on(database_url, redis_url) as start:
        yield start


@pytest.fixture(scope="module")
def node(start_neighbour: StartNode) -> NodeProcess:
    """A node for the tests that leave it running."""
    return start_neighbour()


def test_a_node_serves_the_client_the_api_and_health(node: NodeProcess) -> None:
    with httpx.Client(base_url=node.url) as client:
        assert client.get("/api/health/live").json() == {"status": "ok"}
        assert client.get("/api/boards").status_code == 401
        assert client.get("/today").headers["content-security-policy"].startswith("default-src 'none'")


def test_a_gateway_that_drops_the_upgrade_is_told_so(node: NodeProcess) -> None:
    answer = httpx.get(f"{node.url}/ws")
    assert answer.status_code == 426
    assert "Upgrade" in answer.text


async def test_who_signed_up_on_one_node_is_welcome_on_another(node: NodeProcess, start_neighbour: StartNode) -> None:
    token = await sign_up(node)
    async with socket_of(start_neighbour()) as connection:
        assert (await say_hello(connection, token))["type"] == "welcome"


async def test_a_page_of_a_foreign_origin_gets_no_socket(node: NodeProcess) -> None:
    with pytest.raises(InvalidStatus) as caught:
        async with socket_of(node, origin="https://elsewhere.example"):
            pass
    assert caught.value.response.status_code == 403


async def everything_said(connection: ClientConnection) -> list[Any]:
    return [json.loads(message) async for message in until_closed(connection)]


async def until_closed(connection: ClientConnection) -> AsyncIterator[str | bytes]:
    with suppress(ConnectionClosed):
        while True:
            yield await connection.recv()


async def test_a_node_that_stops_says_unready_first_and_sends_its_sockets_elsewhere(start_node: StartNode) -> None:
    node = start_node(DRAIN_SECONDS="3")
    token = await sign_up(node)
    async with httpx.AsyncClient(base_url=node.url) as client, socket_of(node) as connection:
        await say_hello(connection, token)
        os.kill(node.pid, signal.SIGTERM)
        ready = await client.get("/api/health/ready")
        while ready.status_code == 200:
            ready = await client.get("/api/health/ready")
        assert ready.json()["draining"] is True
        last = (await everything_said(connection))[-1]
        assert (last["type"], last["code"]) == ("bye", 1012)
        assert connection.close_code == 1012
    await asyncio.to_thread(node.wait_until_stopped, 3)
    assert node.exit_code == 0


async def test_a_command_under_way_is_answered_before_the_node_ends(start_node: StartNode) -> None:
    node = start_node()
    token = await sign_up(node)
    board_id = str(uuid4())
    command = {"type": "board.create", "board_id": board_id, "title": "Home"}
    async with socket_of(node) as connection:
        await say_hello(connection, token)
        await connection.send(json.dumps({"type": "command", "command_id": str(uuid4()), "command": command}))
        os.kill(node.pid, signal.SIGTERM)
        said = await everything_said(connection)
    assert [message["board_id"] for message in said if message["type"] == "done"] == [board_id]


def environment_of(node: NodeProcess) -> dict[str, str]:
    settings = Path(f"/proc/{node.pid}/environ").read_text().split("\0")
    return dict(setting.split("=", 1) for setting in settings if setting)


def test_a_node_gets_its_memory_in_large_pages(node: NodeProcess) -> None:
    assert MEMORY.items() <= environment_of(node).items()


def test_who_starts_a_node_may_say_how_it_gets_its_memory(
    start_node: StartNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLIBC_TUNABLES", "glibc.malloc.check=0")
    environment = environment_of(start_node(PYTHONMALLOC="pymalloc"))
    assert (environment["PYTHONMALLOC"], environment["GLIBC_TUNABLES"]) == ("pymalloc", "glibc.malloc.check=0")


def test_a_port_that_is_taken_is_said_with_the_setting_to_change() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(SettingsError, match=r"^PORT \d+ on HOST 127\.0\.0\.1 cannot be used: .* Set PORT to a free one"),
    ):
        listen("127.0.0.1", taken.getsockname()[1])


def test_a_node_that_cannot_start_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    node = NodeProcess({}, "127.0.0.1", 1)
    with pytest.raises(NodeFailedError, match="port 1 ended with exit code 1"):
        node.wait_until_ready()


def test_a_node_that_does_not_stop_is_stopped_by_force(start_node: StartNode) -> None:
    node = start_node()
    os.kill(node.pid, signal.SIGSTOP)
    node.wait_until_stopped(drain_seconds=-12)
    assert node.exit_code == -signal.SIGKILL


@pytest.mark.rule("R-9")
async def test_a_node_that_stops_refuses_newcomers_before_it_lets_anybody_go(start_node: StartNode) -> None:
    """A gateway that is refused tries the next node. Let in, they would be sent away again and again."""
    node = start_node(DRAIN_SECONDS="3")
    token = await sign_up(node)
    async with AsyncExitStack() as stack:
        connections = [await stack.enter_async_context(socket_of(node)) for _ in range(20)]
        for connection in connections:
            await say_hello(connection, token)
        os.kill(node.pid, signal.SIGTERM)
        await everything_said(connections[0])
        with pytest.raises(OSError, match=str(node.port)):
            await asyncio.open_connection(node.host, node.port)
        assert any(connection.close_code is None for connection in connections), "some are still served"
