"""What a fault is: a blow to a running installation, and the figures within which it has to be over."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from tests.faults.gateway import GatewayKind
from tests.faults.load import Load

DEAD_SECONDS: Final = 1.0
"""How long something stays away before it comes back."""


def nothing_is_missing() -> str | None:
    """For a fault that needs no more than this checkout."""
    return None


async def nothing_is_left(_: Load) -> None:
    """For a fault each of whose strikes heals all that it hurt."""


@dataclass(frozen=True)
class Fault:
    """`strike` hurts the installation once and heals it, while people work. The rest are limits, in seconds.

    `seen_within` is from a commit until every device that is there has the change; `away_within` how long 99 of 100
    absences may last; `answered_within` the longest that anybody waits for an answer, be it that the same has to be
    sent again; `recovered_within` from the healing until a new command is done. `keeps_sockets` says that no device
    may lose its socket by it. `heal` undoes what strikes leave for the next one. `gateway`, `disk_mebibytes` and
    `drain_seconds` are what the fault is struck on, `needs` tells what is missing for it here.
    """

    name: str
    what: str
    strike: Callable[[Load], Awaitable[None]]
    seen_within: float
    away_within: float = 5.0
    answered_within: float = 15.0
    recovered_within: float = 10.0
    keeps_sockets: bool = False
    heal: Callable[[Load], Awaitable[None]] = nothing_is_left
    gateway: GatewayKind | None = None
    disk_mebibytes: int | None = None
    drain_seconds: float = 1.0
    needs: Callable[[], str | None] = nothing_is_missing
