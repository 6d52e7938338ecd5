"""All open sockets of a node, so that one timer can look after them and a sign-in that ended finds its own."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from realtime import metrics
from realtime.slot import Slot

if TYPE_CHECKING:
    from realtime.arrival import Arrival
    from realtime.session import Session

SLOTS: Final = 15
"""Sockets are spread over as many slots as a heartbeat has seconds, so that no second has to beat for thousands."""

NEIGHBOURS: Final = 64
"""So many sockets that were opened one after the other share a slot. What belongs to them lies side by side in memory,
the kernel's part too: who comes to one has the way to the others at hand (`docs/decisions/0057`)."""

SOCKETS_OF_ACCOUNT: Final = 2_000
"""Sockets of one account on one node, while there are limits. A family has ten; a wall of dashboards on one account a
few hundred; a loop gone wild shall not take the memory of a node."""

ENDED_REMEMBERED: Final = 10_000
"""Sign-ins known to be over. What counts is the last second; this many do not end in it."""


class Sessions:
    """Who is here: arrivals that have yet to say hello, and sessions by slot and by sign-in."""

    def __init__(self) -> None:
        self.arrivals: set[Arrival] = set()
        self._slots = tuple(Slot() for _ in range(SLOTS))
        self._slot_of: dict[Session, Slot] = {}
        self._by_sign_in: defaultdict[UUID, set[Session]] = defaultdict(set)
        self._of_account: Counter[UUID] = Counter()
        self._ended: dict[UUID, None] = {}

    def arrived(self, arrival: "Arrival") -> None:
        """A socket opened."""
        self.arrivals.add(arrival)
        metrics.unauthenticated_sockets.set(len(self.arrivals))

    def gone(self, arrival: "Arrival") -> None:
        """It closed, or is a session now."""
        self.arrivals.discard(arrival)
        metrics.unauthenticated_sockets.set(len(self.arrivals))

    def signed_in(self, session: "Session") -> None:
        """A session began, or goes on with another sign-in."""
        slot = self._slot_of[session] = self._slots[session.link.number // NEIGHBOURS % SLOTS]
        slot.add(session)
        self._by_sign_in[session.identity.session_id].add(session)
        self._of_account[session.account_id] += 1
        metrics.sockets.set(len(self._slot_of))

    def changed(self, session: "Session") -> None:
        """It follows other boards than before, or its socket clogged or drained."""
        slot = self._slot_of.get(session)
        if slot is not None:
            slot.changed(session)

    def left(self, session: "Session") -> None:
        """It ended."""
        slot = self._slot_of.pop(session, None)
        if slot is None:
            return
        slot.discard(session)
        sign_in = session.identity.session_id
        self._by_sign_in[sign_in].discard(session)
        if not self._by_sign_in[sign_in]:
            del self._by_sign_in[sign_in]
        self._of_account[session.account_id] -= 1
        if not self._of_account[session.account_id]:
            del self._of_account[session.account_id]
        metrics.sockets.set(len(self._slot_of))

    def has_room_for(self, account_id: UUID) -> bool:
        """Whether one more socket of this account may be open here."""
        return self._of_account[account_id] < SOCKETS_OF_ACCOUNT

    def everyone(self) -> list["Session"]:
        """All sessions."""
        return list(self._slot_of)

    def due(self, second: int) -> Slot:
        """The sessions whose heartbeat is due in this second of a round. To be called in every second."""
        for slot in self._slots:
            slot.settle()
        return self._slots[second % SLOTS]

    def sign_ins(self) -> list[UUID]:
        """The sign-ins that have a socket here."""
        return list(self._by_sign_in)

    def ended(self, sign_ins: Iterable[UUID]) -> None:
        """These sign-ins are over. A socket whose token was read just before is not let in on it afterwards."""
        for sign_in in sign_ins:
            self._ended[sign_in] = None
        while len(self._ended) > ENDED_REMEMBERED:
            del self._ended[next(iter(self._ended))]

    def has_ended(self, sign_in: UUID) -> bool:
        """Whether this sign-in is known to be over. False says nothing."""
        return sign_in in self._ended

    def of_sign_ins(self, sign_ins: Iterable[UUID]) -> list["Session"]:
        """The sessions that came with one of these sign-ins."""
        return [session for sign_in in sign_ins for session in self._by_sign_in.get(sign_in, ())]
