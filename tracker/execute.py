"""The one door for writes: whoever wants to change anything waits here for the next transaction.

While one transaction is under way, commands gather; the next one takes them all. A lone command after a lone one goes
at once, and a hot board becomes fast because its commands share a commit.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter, time_ns
from typing import Final
from uuid import UUID

import asyncpg
import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from tracker.actor import Actor
from tracker.announcements import Announcer
from tracker.apart import apart
from tracker.commands.command import Command
from tracker.commands.profiles import MembershipsMoved, ProfileEdit
from tracker.failures import lies_with_the_database
from tracker.fault_points import NO_FAULTS, FaultPoints
from tracker.kept_connection import KeptConnection
from tracker.known_boards import KnownBoards
from tracker.refusal import Refused
from tracker.tally import Spread, Tallies
from tracker.transaction import Done, Order, Outcome, run

BATCH_LIMIT: Final = 500
"""Commands in one transaction. Beyond a few hundred a commit's cost is spread thin enough."""

WAITING_LIMIT: Final = 20_000
"""Commands that may wait at the door of one node; more are refused `unavailable` at once."""

SHARE_LIMIT: Final = 2_000
"""Commands of one person that may wait there: a script gone wild, on however many sockets, fills no door."""

GATHER_SECONDS: Final = 0.003
"""How long the door waits for the rest, at most, when fewer are there than the last transaction had: commands that one
hand-on provoked arrive one after the other, and apart they would be two transactions and two rounds of writes to all
sockets. PostgreSQL's `commit_delay` with `commit_siblings` is the same thought. A lone command after a lone one never
waits. With 1,000 sockets on a board a delivery costs less than with one or two milliseconds, 3 % when 8 commands are in
the air and 11 % when it is 32, and neither writes to many boards nor their latency change (24 paired slices)."""

TRIES: Final = 4
RETRY_SECONDS: Final = 0.05
"""The pause before a second try; it doubles with each further one."""

commands_done: Final = Tallies("lockstep_commands", "Commands by what became of them.", "outcome")
_done: Final = commands_done.of("done")
batch_sizes: Final = Spread(
    "lockstep_batch_commands", "Commands in one transaction.", (1, 2, 5, 10, 20, 50, 100, 200, 500)
)
batch_seconds: Final = Spread(
    "lockstep_batch_seconds", "Duration of one transaction.", (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2)
)

log = structlog.get_logger()


@dataclass(slots=True)
class _Waiting:
    order: Order
    answer: asyncio.Future[Done]


def utc_now() -> datetime:
    """The moment, as changes carry it: what `moment` would make of it, in a third of the time."""
    return datetime.fromtimestamp(time_ns() // 1_000_000 / 1000, UTC)


class Door:
    """Takes commands from sessions and requests, does them in batches, and announces what was committed.

    `clock` says which moment a change carries; `fault_points` are for tests of what a crash leaves behind.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        announcer: Announcer,
        clock: Callable[[], datetime] = utc_now,
        fault_points: FaultPoints = NO_FAULTS,
    ) -> None:
        self._known = KnownBoards()
        self._connection = KeptConnection(engine, on_new=self._known.forget_all)
        self._announcer = announcer
        self._clock = clock
        self._fault_points = fault_points
        self._waiting: deque[_Waiting] = deque()
        self._shares: dict[int, int] = {}
        self._last_size = 0
        self._wake: asyncio.Future[None] | None = None
        self._is_stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Open the door."""
        self._is_stopping = False
        self._task = asyncio.create_task(self._work(), name="door")

    async def stop(self) -> None:
        """Do what still waits, then close. Nobody may submit any more."""
        if self._task is None:
            return
        self._is_stopping = True
        self._wake_up()
        await asyncio.gather(self._task, return_exceptions=True)
        self._task = None
        await self._connection.close()

    def submit(self, actor: Actor, command_id: UUID, command: Command) -> asyncio.Future[Done]:
        """Get in line. Commands are done in the order they were submitted on this node.

        The future raises Refused. With the code `unavailable` nothing is known to have been done, and the same
        command_id may be sent again.
        """
        answer: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        account = actor.account_id.int
        share = self._shares.get(account, 0)
        if len(self._waiting) >= WAITING_LIMIT or share >= SHARE_LIMIT:
            answer.set_exception(_unavailable())
            return answer
        self._waiting.append(_Waiting(Order(actor, command_id, command), answer))
        self._shares[account] = share + 1
        # The first wakes the door. The other number is what `_gather` waits for, and the line grows by one at a time.
        if len(self._waiting) in (1, self._last_size):
            self._wake_up()
        return answer

    async def execute(self, actor: Actor, command_id: UUID, command: Command) -> Done:
        """Do a command and tell where its change stands. Raises Refused."""
        return await self.submit(actor, command_id, command)

    async def _work(self) -> None:
        while True:
            while self._waiting:
                if len(self._waiting) < self._last_size and not self._is_stopping:
                    await self._gather()
                await self._do(self._next_batch())
            if self._is_stopping:
                return
            await self._until_woken()

    def _until_woken(self) -> asyncio.Future[None]:
        self._wake = asyncio.get_running_loop().create_future()
        return self._wake

    def _wake_up(self) -> None:
        # Who does not sleep looks at the line before it does.
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    async def _gather(self) -> None:
        """Wait until as many are there as the last transaction had, but not for long."""
        # Mostly that hands on what was just announced, and until that is over nobody's next command can be there.
        await asyncio.sleep(0)
        if len(self._waiting) < self._last_size and not self._is_stopping:
            overdue = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._wake_up)
            await self._until_woken()
            overdue.cancel()

    def _next_batch(self) -> list[_Waiting]:
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), BATCH_LIMIT))]
        self._last_size = len(batch)
        for each in batch:
            self._leaves(each.order.actor)
        return batch

    def _leaves(self, actor: Actor) -> None:
        account = actor.account_id.int
        share = self._shares.pop(account) - 1
        if share:
            self._shares[account] = share

    async def _do(self, waiting: list[_Waiting]) -> None:
        # Whoever gave up was told to send it again: doing it twice over would only make a slow database slower.
        waiting = [each for each in waiting if not each.answer.cancelled()]
        if not waiting:
            return
        outcomes = await self._outcomes([each.order for each in waiting])
        refusals = [outcome.code for outcome in outcomes if isinstance(outcome, Refused)]
        if "unavailable" in refusals:
            self._give_up_followers(
                each.order for each, outcome in zip(waiting, outcomes, strict=True) if _is_given_up(outcome)
            )
        for each, outcome in zip(waiting, outcomes, strict=True):
            if each.answer.cancelled():
                continue
            if isinstance(outcome, Refused):
                each.answer.set_exception(outcome)
            else:
                each.answer.set_result(outcome)
        _done.value += len(outcomes) - len(refusals)
        for code in refusals:
            commands_done.of(code).value += 1

    def _give_up_followers(self, given_up: Iterable[Order]) -> None:
        """Answer alike what the same people asked of the same boards afterwards: what is sent again shall not come
        after what its author did later.
        """
        lines = {(order.actor.account_id, order.command.board_id) for order in given_up}
        staying = deque[_Waiting]()
        for each in self._waiting:
            line = each.order.actor.account_id, each.order.command.board_id
            if line not in lines:
                staying.append(each)
                continue
            self._leaves(each.order.actor)
            if not each.answer.done():
                each.answer.set_exception(_unavailable())
        self._waiting = staying

    async def _outcomes(self, orders: list[Order]) -> list[Outcome]:
        """One transaction for all. If it cannot be done for what one of them is, one for each: it sinks alone."""
        pause = RETRY_SECONDS
        for _ in range(TRIES):
            try:
                return await self._transact(orders)
            except MembershipsMoved as error:
                # If one before it in the batch moved them, no new plan for all of them can ever see it.
                if len(groups := _cut_at_profile_edits(orders)) > 1:
                    return await self._in_groups(orders, groups)
                reason = type(error).__name__
            except asyncpg.LockNotAvailableError as error:
                # Somebody holds the head of one board. The others have nothing to do with it.
                if len(groups := apart(orders)) > 1:
                    return await self._in_groups(orders, groups)
                reason = type(error).__name__
            except Exception as error:
                if not lies_with_the_database(error):
                    log.exception("transaction_failed", commands=[order.command.type for order in orders])
                    if len(orders) == 1:
                        return [Refused("invalid", "This could not be saved as it is.")]
                    return await self._in_groups(orders, [[place] for place in range(len(orders))])
                reason = type(error).__name__
            log.warning("transaction_retried", reason=reason, commands=len(orders))
            await asyncio.sleep(pause)
            pause *= 2
        return [_unavailable() for _ in orders]

    async def _in_groups(self, orders: list[Order], groups: list[list[int]]) -> list[Outcome]:
        """A transaction for each group of places, one after the other."""
        log.warning("transaction_split", commands=len(orders), groups=len(groups))
        outcomes: dict[int, Outcome] = {}
        for group in groups:
            outcomes |= zip(group, await self._outcomes([orders[place] for place in group]), strict=True)
        return [outcomes[place] for place in range(len(orders))]

    async def _transact(self, orders: list[Order]) -> list[Outcome]:
        batch_sizes.observe(len(orders))
        began = perf_counter()
        try:
            outcomes, announcements = await self._connection.use(
                lambda connection: run(connection, orders, self._clock(), self._known)
            )
        finally:
            batch_seconds.observe(perf_counter() - began)
        if announcements:
            self._fault_points.reach("committed")
        self._announcer.announce(announcements)
        return outcomes


def _cut_at_profile_edits(orders: list[Order]) -> list[list[int]]:
    groups: list[list[int]] = [[]]
    for place, order in enumerate(orders):
        if isinstance(order.command, ProfileEdit):
            groups += [[place], []]
        else:
            groups[-1].append(place)
    return [group for group in groups if group]


def _is_given_up(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.code == "unavailable"


def _unavailable() -> Refused:
    return Refused("unavailable", "The server could not save this now. It is safe to send it again.")
