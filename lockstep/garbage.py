"""How often Python looks for reference cycles in a node.

By default it looks at new objects every 700 allocations, and at all objects again and again while their number grows.
When thousands of sockets come back at once, that was an eighth of what a join cost, and with many of them open one look
at everything stops the node for tens of milliseconds. Nearly everything here is freed by its reference count.
"""

import gc
from typing import Final

YOUNG: Final = 10_000
"""Allocations between two looks at the new objects: about a hundred joins. A look takes some ten milliseconds, in which
the node does nothing else."""

MIDDLE: Final = 2
"""Looks at the new objects for one at those that stayed. A few, because how long such a look takes depends on how many
have stayed: with twenty of them, and fifty thousand allocations, it stopped a node for 1.3 s while 5,000 came back."""

OLD: Final = 500
"""And of those for one at everything, which takes a second with 10,000 sockets open. Cycles that live so long are not
known here: what a session is made of is taken apart when its socket is gone."""


def look_rarely() -> None:
    """Leave alone what was loaded for good, and look at the rest seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
