"""Rounds of handing on: at once as a rule, after a rest when the last one took long."""

import asyncio
from collections.abc import Callable

import pytest

from realtime.pace import LONGEST_REST_SECONDS, REST_SHARE, Pace


class Clock:
    """A time that passes when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += seconds


async def delay_of_the_next(pace: Pace) -> float:
    """For how long the next round is put off; 0 for the end of this turn."""
    loop = asyncio.get_running_loop()
    call_later = loop.call_later
    delays = [0.0]

    def at_once(delay: float, hand_on: Callable[..., object], *arguments: object) -> asyncio.TimerHandle:
        delays.append(delay)
        return call_later(0, hand_on, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "call_later", at_once)
        done = asyncio.Event()
        pace.at_turn_end(done.set)
        await done.wait()
    return max(delays)


async def round_of(pace: Pace, clock: Clock, seconds: float) -> None:
    done = asyncio.Event()

    def hand_on() -> None:
        clock.passes(seconds)
        done.set()

    pace.at_turn_end(hand_on)
    await done.wait()


async def test_after_a_short_round_nobody_waits() -> None:
    clock = Clock()
    pace = Pace(clock)
    await round_of(pace, clock, 0.001)
    assert await delay_of_the_next(pace) == 0


@pytest.mark.parametrize(("took", "rest"), [(0.01, 0.01 * REST_SHARE), (1.0, LONGEST_REST_SECONDS)])
async def test_after_a_long_round_the_node_rests_in_proportion_but_not_for_long(took: float, rest: float) -> None:
    clock = Clock()
    pace = Pace(clock)
    await round_of(pace, clock, took)
    assert await delay_of_the_next(pace) == pytest.approx(rest)


async def test_who_comes_after_the_rest_does_not_wait() -> None:
    clock = Clock()
    pace = Pace(clock)
    await round_of(pace, clock, 0.01)
    clock.passes(0.01 * REST_SHARE)
    assert await delay_of_the_next(pace) == 0
