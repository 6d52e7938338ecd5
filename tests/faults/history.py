"""What devices said and heard during a run, and whether it was what Lockstep promises (I1 to I6).

The history is written by the devices themselves. Only the end state comes from PostgreSQL, so that a fault cannot hide
in the very thing that is judged.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Sent:
    """A command of some device, and what was answered last; moments are seconds of one clock."""

    command_id: str
    board_id: str
    at: float
    answer: str | None = None
    answered_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A change as it reached a device, `live_since` the moment at which the device had caught up on that board."""

    device: str
    account_id: str
    board_id: str
    seq: int
    command_id: str
    committed_at: float
    seen_at: float
    live_since: float

    @property
    def delay(self) -> float:
        """Seconds from the commit, or from when the device was there to hear of it."""
        return self.seen_at - max(self.committed_at, self.live_since)


@dataclass(frozen=True, slots=True)
class Spread:
    """So many sockets were let go, the last one so many seconds after the first."""

    sockets: int
    seconds: float


@dataclass
class History:
    """Everything that all devices did and heard."""

    sent: dict[str, Sent] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    away_seconds: list[float] = field(default_factory=list)
    answer_seconds: list[float] = field(default_factory=list)
    """From each sending of a command, and each call over HTTP, to whatever was answered."""
    recovery_seconds: list[float] = field(default_factory=list)
    """From each time that what was broken is well to when people could work as before."""
    spreads: list[Spread] = field(default_factory=list)
    """How each node that ended let its sockets go."""
    bye_moments: list[float] = field(default_factory=list)
    """When sockets were told to come back later."""
    notes: list[str] = field(default_factory=list)
    """Figures that only one fault has."""
    resyncs: int = 0
    sockets_lost: int = 0
    """Sockets that ended though their devices wanted to stay."""
    sent_again: int = 0
    """Commands and calls that were not answered, or by the word that the same may be sent again."""

    def said(self, command_id: str, board_id: str, at: float) -> None:
        """A device sends a command, be it again."""
        self.sent.setdefault(command_id, Sent(command_id, board_id, at))

    def answered(self, command_id: str, answer: str, at: float) -> None:
        """A device was told what became of a command."""
        sent = self.sent.get(command_id)
        if sent is not None and sent.answer is None:
            sent.answer, sent.answered_at = answer, at

    @property
    def delays(self) -> list[float]:
        """Seconds from commit to every device that was there, in rising order."""
        return sorted(seen.delay for seen in self.seen)


@dataclass(frozen=True)
class Truth:
    """What PostgreSQL holds of one board after the run: its log and its records."""

    board_id: str
    seq: int
    log: list[tuple[int, str]]
    records: dict[tuple[str, str], Json]
    removals: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Replica:
    """What a device holds of one board after the run."""

    device: str
    board_id: str
    seq: int
    records: dict[tuple[str, str], Json]


def broken_promises(history: History, truths: Iterable[Truth], replicas: Iterable[Replica]) -> list[str]:
    """Each way in which the run was not as promised, one sentence each; none is what we want."""
    by_board = {truth.board_id: truth for truth in truths}
    return [
        *history.violations,
        *_missing(history, by_board),
        *_doubled(by_board),
        *_unequal(by_board, replicas),
        *_holes(by_board),
        *_seen_without_right(history, by_board),
        *_unanswered(history),
    ]


def _missing(history: History, truths: dict[str, Truth]) -> list[str]:
    logged = {command_id for truth in truths.values() for _, command_id in truth.log}
    return [
        f"I1: {sent.command_id} was acknowledged and is not in the log"
        for sent in history.sent.values()
        if sent.answer == "done" and sent.command_id not in logged
    ]


def _doubled(truths: dict[str, Truth]) -> list[str]:
    return [
        f"I2: {command_id} took effect {times} times on {truth.board_id}"
        for truth in truths.values()
        for command_id, times in Counter(command_id for _, command_id in truth.log).items()
        if times > 1
    ]


def _unequal(truths: dict[str, Truth], replicas: Iterable[Replica]) -> list[str]:
    return [
        f"I3: {replica.device} is at {replica.seq} of {replica.board_id} and not what the server has at {truth.seq}"
        for replica in replicas
        if (truth := truths[replica.board_id]).seq != replica.seq or truth.records != replica.records
    ]


def _holes(truths: dict[str, Truth]) -> list[str]:
    return [
        f"I4: the log of {truth.board_id} has a hole"
        for truth in truths.values()
        if [seq for seq, _ in truth.log] != list(range(1, truth.seq + 1))
    ]


def _seen_without_right(history: History, truths: dict[str, Truth]) -> list[str]:
    later: defaultdict[tuple[str, str], int] = defaultdict(int)
    for seen in history.seen:
        removed_at = truths[seen.board_id].removals.get(seen.account_id) if seen.board_id in truths else None
        if removed_at is not None and seen.seq > removed_at:
            later[seen.device, seen.board_id] += 1
    return [
        f"I5: {device} saw {count} changes of {board} after it was removed" for (device, board), count in later.items()
    ]


def _unanswered(history: History) -> list[str]:
    return [f"I6: {sent.command_id} has no answer" for sent in history.sent.values() if sent.answer is None]


def moment_of(change: Json) -> float:
    """When a change was committed, as its server saw it. All run on one machine, hence one clock."""
    return datetime.fromisoformat(change["at"]).timestamp()
