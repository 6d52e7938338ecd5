"""What happens to nodes, and to the devices at their sockets."""

import asyncio
from signal import SIGCONT, SIGSTOP
from typing import Final

from tests.faults.fault import DEAD_SECONDS, Fault
from tests.faults.history import Spread
from tests.faults.installation import LONGEST_STOP_SECONDS
from tests.faults.load import Load

ARMED_PLACE: Final = 0
"""The node that has to die between COMMIT and announcement."""


async def _kill_between_commit_and_announcement(load: Load) -> None:
    """The node stays dead until it is struck again, or healed: so a kill costs one start."""
    running = load.running
    if running.nodes[ARMED_PLACE] is not None:
        await running.kill_node(ARMED_PLACE)
    await running.start_node(ARMED_PLACE, FAULT_POINTS=f"committed:{running.chance.randint(1, 20)}")
    armed = running.running_node(ARMED_PLACE)
    for device in load.devices[:: len(running.nodes)]:
        device.hang_up()
    await load.until(lambda: armed.has_ended)
    await running.kill_node(ARMED_PLACE)


async def _start_what_was_killed(load: Load) -> None:
    await load.running.start_node(ARMED_PLACE)


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
    history = load.history
    for place in range(len(load.running.nodes)):
        before = len(history.bye_moments)
        seconds = await load.running.stop_node(place)
        if seconds > LONGEST_STOP_SECONDS:
            history.violations.append(f"A node took {seconds:.1f} s to end")
        if moments := history.bye_moments[before:]:
            history.spreads.append(Spread(len(moments), max(moments) - min(moments)))
        await load.running.start_node(place)


async def _stop_reading(load: Load) -> None:
    slow = load.devices[:: max(2, len(load.devices) // 4)]
    for device in slow:
        device.reads.clear()
    await asyncio.sleep(DEAD_SECONDS * 3)
    for device in slow:
        device.reads.set()


NODE_FAULTS: Final = (
    Fault(
        "committed",
        "a node is killed between COMMIT and the announcement",
        _kill_between_commit_and_announcement,
        seen_within=2.0,
        heal=_start_what_was_killed,
    ),
    Fault("node", "kill -9 of a node, which comes back a second later", _kill_a_node, seen_within=2.0),
    Fault("frozen", "a node stands still for a second (SIGSTOP) and goes on", _freeze_a_node, seen_within=4.0),
    Fault(
        "rolling",
        "all nodes are restarted one after the other (SIGTERM)",
        _restart_nodes_one_by_one,
        seen_within=2.0,
        away_within=2.0,
        drain_seconds=10.0,
    ),
    Fault("slow", "some devices read nothing for three seconds", _stop_reading, seen_within=5.0),
)
