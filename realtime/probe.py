"""Proving that what this node announces can be heard: a word on the way of every announcement that has to come back.

A subscription can be alive and worthless: after a failover the ear may hang on the old master while announcements go to
the new one, and neither connection ever reports an error. Only what was published and came back proves the way.
"""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol
from uuid import UUID

import structlog

from realtime import metrics
from realtime.cancel import cancel

PERIOD_SECONDS: Final = 0.5
UNHEARD_LIMIT: Final = 3
"""Probes in a row that do not come back until the node counts as deaf: 1.5 s. Counted, not timed, so that a stalled
event loop, which neither sends nor hears, proves nothing."""

log = structlog.get_logger()


class Mouth(Protocol):
    """What announces."""

    def tell(self, channel: str, payload: bytes) -> None:
        """Publish this soon, in line with the announcements."""

    async def renew(self) -> None:
        """Publish over new connections from now on."""


class Listener(Protocol):
    """What hears announcements."""

    is_deaf: bool

    def renew(self) -> None:
        """Listen over a new connection."""


class Probe:
    """Publishes on a channel of its own, and tells `on_proof()` whenever `is_proven` changes.

    While the ear itself says that it cannot hear, there is nothing to prove; afterwards it has to be proven anew.
    """

    def __init__(self, node_id: UUID, mouth: Mouth, ear: Listener, on_proof: Callable[[], None]) -> None:
        self.channel: Final = f"probe:{node_id}"
        self.is_proven = False
        self._mouth = mouth
        self._ear = ear
        self._on_proof = on_proof
        self._unheard = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to probe."""
        self._task = asyncio.create_task(self._work(), name="probe")

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            await cancel(self._task)
            self._task = None

    def send(self) -> None:
        """Say the word now."""
        self._unheard += 1
        self._mouth.tell(self.channel, b"heard?")

    def heard(self) -> None:
        """The word came back."""
        self._unheard = 0
        self._prove(True)

    async def _work(self) -> None:
        while True:
            await asyncio.sleep(PERIOD_SECONDS)
            try:
                await self._round()
            except Exception:  # a probe that ended in silence would leave a node deaf and sure of itself
                log.exception("probe_broke")

    async def _round(self) -> None:
        if self._ear.is_deaf:
            self._unheard = 0
            self._prove(False)
            return
        if self._unheard >= UNHEARD_LIMIT:
            await self._give_up()
        self.send()

    async def _give_up(self) -> None:
        metrics.probes_lost.inc()
        log.warning("announcements_unheard")
        self._unheard = 0
        self._prove(False)
        # Either end may be the one that is connected to the wrong server.
        await self._mouth.renew()
        self._ear.renew()

    def _prove(self, is_proven: bool) -> None:
        if is_proven != self.is_proven:
            self.is_proven = is_proven
            self._on_proof()
