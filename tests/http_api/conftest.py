"""A node's API on real servers, and browsers that call it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from http_api.config import ApiConfig
from tests.http_api.node import ORIGIN, Browser, Node
from tracker.redis_link import connect


@pytest.fixture(scope="session")
def config() -> ApiConfig:
    """A node's settings. Limits are off: only their own tests should meet them."""
    return ApiConfig(
        secret_key="a secret for tests, of more than 32 bytes",
        public_url=ORIGIN,
        allowed_origins=frozenset({ORIGIN}),
        rate_limits=False,
        secure_cookies=False,
    )


@pytest.fixture(scope="session")
async def running_node(config: ApiConfig, engine: AsyncEngine, redis_url: str) -> AsyncIterator[Node]:
    """One for all tests: it keeps nothing between them, and building it takes longer than most of them."""
    async with connect(redis_url) as link, Node.running(config, engine, link) as node:
        yield node


@pytest.fixture
def node(running_node: Node, database_url: str) -> Node:
    """A running node, over an empty database."""
    running_node.is_draining = False
    return running_node


@pytest.fixture
async def limited_node(config: ApiConfig, engine: AsyncEngine, redis_url: str) -> AsyncIterator[Node]:
    """A running node that counts."""
    async with connect(redis_url) as link, Node.running(replace(config, rate_limits=True), engine, link) as node:
        yield node


@pytest.fixture
async def ada(node: Node) -> Browser:
    """Ada's browser, signed in."""
    return await node.browser().signed_up("ada@example.org", "Ada")


@pytest.fixture
async def bo(node: Node) -> Browser:
    """Bo's browser, signed in."""
    return await node.browser().signed_up("bo@example.org", "Bo")
