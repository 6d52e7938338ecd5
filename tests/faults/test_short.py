"""The faults that end fast, once each. `make faults` runs all of them at length and tells the figures."""

from collections.abc import AsyncIterator

import pytest

from tests.faults.fault import Fault
from tests.faults.faults import FAULTS
from tests.faults.installation import Installation, Setup, installation
from tests.faults.load import Size
from tests.faults.run import strike

SHORT = ("committed", "node", "redis", "deaf", "postgres", "slow")


@pytest.fixture(scope="session")
async def running() -> AsyncIterator[Installation]:
    """One for all faults: each leaves it healed."""
    async with installation(Setup(nodes=2), seed=1) as running:
        yield running


@pytest.mark.parametrize("fault", [each for each in FAULTS if each.name in SHORT], ids=lambda fault: fault.name)
async def test_nothing_promised_breaks_when(fault: Fault, running: Installation) -> None:
    figures = await strike(fault, running, Size(devices=6, boards=2, rate=4), strikes=1)
    assert not figures.broken
    assert figures.deliveries > figures.commands, "a run in which nobody hears of anybody proves nothing"
