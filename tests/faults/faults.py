"""The faults, each with what must hold. Every one runs while people work."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from signal import SIGCONT, SIGSTOP
from typing import Final

from tests.faults.load import Load

DEAD_SECONDS: Final = 1.0
"""How long something stays away before it comes back."""


@dataclass(frozen=True)
class Fault:
    """`strike` hurts the installation once and heals it; `seen_within` are the seconds after a commit within which
    every device that is there must have the change."""

    name: str
    what: str
    strike: Callable[[Load], Awaitable[None]]
    seen_within: float


async def _kill_between_commit_and_announcement(load: Load) -> None:
    running = load.running
    place = running.chance.randrange(len(running.nodes))
    await running.stop_node(place)
    await running.start_node(place, FAULT_POINTS=f"committed:{running.chance.randint(1, 20)}")
    armed = running.running_node(place)
    for device in load.devices:
        device.hang_up()
    await load.until(lambda: armed.has_ended)
    running.nodes[place] = None
    await running.start_node(place)


async def _kill_a_node(load: Load) -> None:
    place = load.running.chance.randrange(len(load.running.nodes))
    await load.running.kill_node(place)
    await asyncio.sleep(DEAD_SECONDS)
    await load.running.start_node(place)


async def _freeze_a_node(load: Load) -> None:
    place = load.running.chance.randrange(len(load.running.nodes))
    load.running.unreachable.add(place)
    load.running.signal_node(place, SIGSTOP)
    await asyncio.sleep(DEAD_SECONDS)
    load.running.signal_node(place, SIGCONT)
    load.running.unreachable.discard(place)


async def _restart_nodes_one_by_one(load: Load) -> None:
    for place in range(len(load.running.nodes)):
        await load.running.stop_node(place)
        await load.running.start_node(place)


async def _kill_redis(load: Load) -> None:
    await load.running.kill_redis()
    await asyncio.sleep(DEAD_SECONDS)
    await load.running.start_redis()


async def _cut_nodes_off_redis(load: Load) -> None:
    load.running.wire.hold()
    await asyncio.sleep(DEAD_SECONDS * 5)
    load.running.wire.heal()


async def _restart_postgres(load: Load) -> None:
    await load.running.restart_postgres_at_once()


async def _stop_reading(load: Load) -> None:
    slow = load.devices[:: max(2, len(load.devices) // 4)]
    for device in slow:
        device.reads.clear()
    await asyncio.sleep(DEAD_SECONDS * 3)
    for device in slow:
        device.reads.set()


FAULTS: Final = (
    Fault(
        "committed",
        "a node is killed between COMMIT and the announcement",
        _kill_between_commit_and_announcement,
        seen_within=2.0,
    ),
    Fault("node", "kill -9 of a node, which comes back a second later", _kill_a_node, seen_within=2.0),
    Fault("frozen", "a node stands still for a second (SIGSTOP) and goes on", _freeze_a_node, seen_within=4.0),
    Fault(
        "rolling", "all nodes are restarted one after the other (SIGTERM)", _restart_nodes_one_by_one, seen_within=2.0
    ),
    Fault("redis", "kill -9 of Redis, which comes back empty a second later", _kill_redis, seen_within=2.0),
    Fault(
        "deaf", "the wire to Redis is dead for five seconds, and nobody is told", _cut_nodes_off_redis, seen_within=4.0
    ),
    Fault("postgres", "PostgreSQL is shut down at once and recovers", _restart_postgres, seen_within=4.0),
    Fault("slow", "some devices read nothing for three seconds", _stop_reading, seen_within=5.0),
)
