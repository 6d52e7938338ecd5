"""A storm of sockets is let in at a bounded rate, and those who are sent away do not come back as one."""

import asyncio
from collections import Counter
from contextlib import suppress
from heapq import heapify, heappop, heappush

import pytest
from websockets.exceptions import ConnectionClosed

from realtime import turnstile as turnstiles
from realtime.close_codes import CloseCode
from realtime.turnstile import ADMISSIONS_PER_SECOND, BURST, LONGEST_AWAY_SECONDS, Turnstile
from tests.realtime.conftest import StartNode
from tests.tracker.world import World


def storm(sockets: int) -> list[float]:
    """All at once, and each comes back when it is told to: the moments at which they were let in."""
    now = 0.0
    turnstile = Turnstile(lambda: now)
    coming = [0.0] * sockets
    heapify(coming)
    let_in = []
    while coming:
        now = heappop(coming)
        if turnstile.pass_through():
            let_in.append(now)
        else:
            heappush(coming, now + turnstile.seconds_until_return())
    return let_in


@pytest.mark.rule("R-7")
def test_a_storm_is_admitted_at_the_rate_and_all_are_in_soon() -> None:
    let_in = storm(5_000)
    assert sum(moment == 0 for moment in let_in) == pytest.approx(BURST, abs=1)
    in_each_second = Counter(int(moment) for moment in let_in if moment > 0)
    assert max(in_each_second.values()) <= ADMISSIONS_PER_SECOND + 1
    assert max(let_in) <= 2 * (5_000 - BURST) / ADMISSIONS_PER_SECOND


def test_nobody_is_sent_away_for_longer_than_a_minute() -> None:
    turnstile = Turnstile(lambda: 0.0)
    aways = [turnstile.seconds_until_return() for _ in range(50_000)]
    assert max(aways) <= LONGEST_AWAY_SECONDS
    assert len(set(aways)) > 49_000, "each a moment of its own"


@pytest.mark.rule("R-7")
async def test_sockets_that_are_too_many_come_back_and_get_in(
    start_node: StartNode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turnstiles, "BURST", 5)
    monkeypatch.setattr(turnstiles, "ADMISSIONS_PER_SECOND", 50.0)
    node = await start_node()
    ada = await world.person("Ada")
    told: list[int] = []

    async def is_let_in() -> int | None:
        """None when it is so, else when to come back."""
        device = await node.connect()
        with suppress(ConnectionClosed):
            await device.say("hello", protocol=1, token=node.gate.token(ada), client_id="c")
        await device.until(lambda: bool(device.seen))
        if device.seen[0]["type"] == "welcome":
            return None
        assert device.seen[0]["code"] == CloseCode.TOO_MANY
        reconnect_ms: int = device.seen[0]["reconnect_ms"]
        return reconnect_ms

    async def comes() -> None:
        while (reconnect_ms := await is_let_in()) is not None:
            told.append(reconnect_ms)
            await asyncio.sleep(reconnect_ms / 1_000)

    await asyncio.gather(*(comes() for _ in range(20)))
    assert len(node.node.sessions.everyone()) == 20
    assert len(told) >= 5
    assert len(set(told[:10])) > 1, "spread, not one second wave"
