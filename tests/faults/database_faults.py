"""What happens to PostgreSQL, its disk, and the ways there. Sockets stay: only what needs the database waits."""

import asyncio
from typing import Final

import httpx

from tests.faults.fault import DEAD_SECONDS, Fault
from tests.faults.load import Load
from tests.faults.small_disk import what_mounting_needs

UNREADY_WITHIN: Final = 5.0
CUT_OFF_SECONDS: Final = 10.0
ALONE_SECONDS: Final = 30.0
DELAYS: Final = (0.2, 1.0, 2.0)
FULL_SECONDS: Final = 10.0


async def _restart_at_once(load: Load) -> None:
    await load.running.restart_postgres_at_once()


async def _cut_one_node_off(load: Load) -> None:
    """It can say things to PostgreSQL and hears nothing: what it asks for may be done, and it never learns of it."""
    running = load.running
    place = running.chance.randrange(len(running.nodes))
    loop = asyncio.get_running_loop()
    began = loop.time()
    running.database_wires[place].hold_answers()
    url = running.running_node(place).url
    while await _is_ready(url):  # noqa: ASYNC110 - another process, asked as a load balancer asks
        await asyncio.sleep(DEAD_SECONDS / 10)
    if (seconds := loop.time() - began) > UNREADY_WITHIN:
        load.history.violations.append(f"A node without its database called itself ready for {seconds:.1f} s")
    running.unreachable.add(place)
    await asyncio.sleep(max(0.0, began + CUT_OFF_SECONDS - loop.time()))
    running.database_wires[place].heal()
    running.unreachable.discard(place)


async def _leave_one_node_alone(load: Load) -> None:
    """It hears neither PostgreSQL nor Redis, and the devices at its sockets do not know."""
    running = load.running
    place = running.chance.randrange(len(running.nodes))
    wires = running.database_wires[place], running.redis_wires[place]
    for wire in wires:
        wire.hold()
    running.unreachable.add(place)
    await asyncio.sleep(ALONE_SECONDS)
    for wire in wires:
        wire.heal()
    running.unreachable.discard(place)


async def _is_ready(url: str) -> bool:
    async with httpx.AsyncClient(timeout=UNREADY_WITHIN) as http:
        try:
            return (await http.get(f"{url}/api/health/ready")).status_code == 200
        except httpx.HTTPError:
            return False


async def _slow_down(load: Load) -> None:
    for delay in DELAYS:
        for wire in load.running.database_wires:
            wire.delay = delay
        await asyncio.sleep(DEAD_SECONDS * 5)
    for wire in load.running.database_wires:
        wire.heal()


async def _fill_the_disk(load: Load) -> None:
    running = load.running
    assert running.disk is not None, "this fault is struck on a small disk"
    running.disk.fill()
    await asyncio.sleep(FULL_SECONDS)
    running.disk.free()
    if running.servers.postgres.pid is None:
        await running.restart_postgres()


DATABASE_FAULTS: Final = (
    Fault(
        "postgres",
        "PostgreSQL is shut down at once and recovers",
        _restart_at_once,
        seen_within=4.0,
        keeps_sockets=True,
    ),
    Fault(
        "partition",
        "one node hears nothing of PostgreSQL for ten seconds, though it is heard there",
        _cut_one_node_off,
        seen_within=2.0,
        # Who walks in there meanwhile: half a second on the way, five until the node gives up asking who that is, one
        # until it looks, up to one until they may come back, and a moment to do so.
        away_within=8.0,
        keeps_sockets=True,
    ),
    Fault(
        "alone",
        "one node hears neither PostgreSQL nor Redis for thirty seconds",
        _leave_one_node_alone,
        # Ten seconds until it knows, a round of heartbeats until all its sockets do, and a moment to come back.
        seen_within=28.0,
    ),
    Fault(
        "latency",
        "PostgreSQL answers 0.2 s, 1 s and 2 s later than usual",
        _slow_down,
        seen_within=10.0,
        # Who comes back asks twice, who they are and what they may see, and each question may wait for one on its way:
        # four answers, half a second before, and a moment.
        away_within=9.0,
        answered_within=6.0,
        keeps_sockets=True,
    ),
    Fault(
        "disk",
        "the disk of PostgreSQL is full for ten seconds",
        _fill_the_disk,
        seen_within=4.0,
        recovered_within=30.0,
        keeps_sockets=True,
        disk_mebibytes=512,
        needs=what_mounting_needs,
    ),
)
