"""What the kernel is spared towards peers on this machine, and only towards them."""

import asyncio
import socket
from pathlib import Path

import pytest

from realtime.frame_protocol import FrameProtocol
from realtime.loopback import spare_congestion_control
from tests.realtime.running_node import RunningNode
from tests.tracker.world import World

AVAILABLE = Path("/proc/sys/net/ipv4/tcp_available_congestion_control")
ANOTHER_THAN_RENO = min({*AVAILABLE.read_text().split()} - {"reno"})


def control_of(transport: asyncio.BaseTransport) -> str:
    answer: bytes = transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16)
    return answer.rstrip(b"\0").decode()


async def control_towards(peer: str) -> str:
    """What a server uses towards a peer with this address, after it was asked to spare it."""
    accepted: asyncio.Future[asyncio.BaseTransport] = asyncio.get_running_loop().create_future()

    class Server(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            accepted.set_result(transport)

    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, ANOTHER_THAN_RENO.encode())
    async with await asyncio.get_running_loop().create_server(Server, sock=listener):
        with socket.create_connection(listener.getsockname(), source_address=(peer, 0)):
            transport = await accepted
            spare_congestion_control(transport)
            control = control_of(transport)
            transport.close()
            return control


@pytest.mark.parametrize(("peer", "control"), [("127.0.0.1", "reno"), ("127.0.0.2", ANOTHER_THAN_RENO)])
async def test_only_a_peer_that_is_here_needs_no_congestion_control(peer: str, control: str) -> None:
    assert await control_towards(peer) == control


async def test_a_socket_of_a_unix_path_has_none(tmp_path: Path) -> None:
    accepted: asyncio.Future[asyncio.BaseTransport] = asyncio.get_running_loop().create_future()

    class Server(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            accepted.set_result(transport)

    path = tmp_path / "node.sock"
    async with await asyncio.get_running_loop().create_unix_server(Server, path):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))
            transport = await accepted
            spare_congestion_control(transport)
            assert not transport.is_closing()
            transport.close()


async def test_sessions_are_spared_it(node: RunningNode, world: World) -> None:
    await node.device(await world.person("Ada"))
    (session,) = node.node.sessions.everyone()
    assert isinstance(session.link, FrameProtocol)
    assert control_of(session.link.transport) == "reno"
