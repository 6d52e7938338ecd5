"""What sessions work with: one of each in a node."""

from collections.abc import Callable
from dataclasses import dataclass

from realtime.catch_up import CatchUp
from realtime.gate import Gate
from realtime.hub import Hub
from realtime.join import Join
from realtime.presence import Presence
from realtime.receipts import Receipts
from realtime.sessions import Sessions
from tracker.execute import Door


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a node that a session talks to.

    `now` is the monotonic clock, `clock` the time of day, both in seconds. `has_rate_limits` is off for benchmarks
    only.
    """

    gate: Gate
    door: Door
    hub: Hub
    join: Join
    catch_up: CatchUp
    presence: Presence
    receipts: Receipts
    sessions: Sessions
    now: Callable[[], float]
    clock: Callable[[], float]
    has_rate_limits: bool
