"""The whole program: two nodes as processes of their own, on the real database and the real Valkey."""

from collections.abc import Callable, Iterator

import pytest

from loadtests.ports import free_ports
from lockstep.node_process import NodeProcess

StartNode = Callable[..., NodeProcess]
DRAIN_SECONDS = 2


@pytest.fixture(scope="session")
def start_node(database_url: str, redis_url: str) -> Iterator[StartNode]:
    """Starts nodes and, at the end, stops those that still run."""
    nodes: list[NodeProcess] = []

    def start(**settings: str) -> NodeProcess:
        environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": "only-for-tests-" + "x" * 32,
            "PUBLIC_URL": "http://127.0.0.1",
            "RATE_LIMITS": "off",
            "DRAIN_SECONDS": str(DRAIN_SECONDS),
            "LOG_LEVEL": "warning",
            **settings,
        }
        node = NodeProcess(environment, "127.0.0.1", free_ports(1)[0])
        nodes.append(node)
        node.wait_until_ready()
        return node

    yield start
    for node in nodes:
        node.ask_to_stop()
    for node in nodes:
        node.wait_until_stopped(DRAIN_SECONDS)


@pytest.fixture(scope="session")
def two_nodes(start_node: StartNode) -> tuple[NodeProcess, NodeProcess]:
    return start_node(), start_node()
