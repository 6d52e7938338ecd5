"""How often Python looks for reference cycles in a node.

By default it looks at new objects every 700 allocations, and at all objects again and again while their number grows.
When thousands of sockets come back at once, that was an eighth of what a join cost, and with many of them open one look
at everything stops the node for tens of milliseconds. Nearly everything here is freed by its reference count.
"""

import gc
from typing import Final

YOUNG: Final = 50_000
"""Allocations between two looks at the new objects: some hundred joins, a few milliseconds."""

MIDDLE: Final = 20
OLD: Final = 50
"""Looks at the younger objects for one at the older. Cycles that live long enough to get there are rare here."""


def look_rarely() -> None:
    """Leave alone what was loaded for good, and look at the rest seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
