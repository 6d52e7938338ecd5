"""Who gets what a board hands on, and through which sockets."""

from collections.abc import Iterator

from realtime.link import Link
from realtime.watch import Watch


class Audience:
    """The live watches of one board. Only they and their links: handing on needs nothing else.

    `prepared` belongs to whoever writes to all of them (`LoopTurn.write_to_all`): what it would not make anew for each
    frame. It is forgotten when somebody comes or goes.
    """

    __slots__ = ("_links", "prepared")

    def __init__(self) -> None:
        self._links: dict[Watch, Link] = {}
        self.prepared: object | None = None

    def __len__(self) -> int:
        return len(self._links)

    def __iter__(self) -> Iterator[Watch]:
        return iter(self._links)

    def links(self) -> tuple[Link, ...]:
        """Their sockets at this moment; somebody may clog and leave while they are written to."""
        return tuple(self._links.values())

    def add(self, watch: Watch) -> None:
        """From now on this watch gets all."""
        self._links[watch] = watch.session.link
        self.prepared = None

    def discard(self, watch: Watch) -> None:
        """From now on this watch gets nothing, if it ever did."""
        if self._links.pop(watch, None) is not None:
            self.prepared = None
