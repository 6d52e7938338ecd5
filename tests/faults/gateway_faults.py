"""What happens to the gateways of deploy/."""

import asyncio
from functools import partial
from typing import Final

from tests.faults.fault import Fault
from tests.faults.gateway import what_is_missing
from tests.faults.load import Load

BETWEEN_SECONDS: Final = 3.0
RETIRED_WITHIN: Final = 60.0


async def _reload(load: Load) -> None:
    gateway = load.running.gateway
    assert gateway is not None, "this fault is struck on a gateway"
    await gateway.reload()
    await asyncio.sleep(BETWEEN_SECONDS)


async def _wait_for_old_workers(load: Load) -> None:
    """They hold sockets that have to come back through new ones, while everybody works on."""
    gateway = load.running.gateway
    assert gateway is not None, "this fault is struck on a gateway"
    await load.until(lambda: gateway.retiring_workers() == 0, RETIRED_WITHIN)
    await asyncio.sleep(BETWEEN_SECONDS)


GATEWAY_FAULTS: Final = (
    Fault(
        "nginx",
        "nginx, in front of all nodes, is reloaded",
        _reload,
        seen_within=2.0,
        away_within=3.0,
        heal=_wait_for_old_workers,
        gateway="nginx",
        needs=partial(what_is_missing, "nginx"),
    ),
    Fault(
        "caddy",
        "Caddy, in front of all nodes, is reloaded",
        _reload,
        seen_within=2.0,
        away_within=3.0,
        heal=_wait_for_old_workers,
        gateway="caddy",
        needs=partial(what_is_missing, "caddy"),
    ),
)
