"""One transaction for all commands that were waiting: records, rules, rows, log, heads.

Read, decide in memory, then write in one statement that locks the heads and does nothing if one of them has moved
since it was read: whatever changes a board raises its head, so an unmoved head says that all that was read still holds.
What the door knows from its last transactions needs no reading. If a head has moved, the same is done with what is
read, and once more behind locks. Either way the head row is held at the commit, so seq order is commit order and a hole
in a log can only mean a loss.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid4

import asyncpg

from tracker import access, one_statement, wire
from tracker.actor import Actor
from tracker.announcements import Announcement
from tracker.change_log import LoggedChange
from tracker.commands.command import Command
from tracker.commands.profiles import ProfileEdit, ProfileEditEverywhere
from tracker.draft import Delta, Draft, Key, Layer, Records, Touch
from tracker.known_boards import KnownBoards, Position
from tracker.locked_heads import heads_locked
from tracker.one_statement import Part, array_of
from tracker.records import Board, Member, Record
from tracker.refusal import Refused
from tracker.retention import COMMANDS_ACCEPTED, is_expired
from tracker.storage import Loading, followed, saving


class Order(NamedTuple):
    """A command, who gave it, and the id that makes it count once."""

    actor: Actor
    command_id: UUID
    command: Command


class Done(NamedTuple):
    """What became of a command: its board's change with this seq. `repeated` when it had been done before."""

    board_id: UUID
    seq: int
    repeated: bool = False


Outcome = Done | Refused


@dataclass(slots=True)
class _Head:
    epoch: UUID
    seq: int
    is_new: bool = False
    changes: list[LoggedChange] = field(default_factory=list)


@dataclass(slots=True)
class Batch:
    """What a transaction works on and brings forth. `seen` are the heads (board, epoch, seq) as they were read.

    `done` is by account and command, as numbers.
    """

    seen: list[Position]
    heads: dict[UUID, _Head]
    records: Records
    edits: defaultdict[UUID, dict[Key, Record | None]] = field(default_factory=lambda: defaultdict(dict))
    log_rows: list[dict[str, Any]] = field(default_factory=list)
    done: dict[tuple[int, int], tuple[str, Done]] = field(default_factory=dict)
    done_rows: list[dict[str, Any]] = field(default_factory=list)

    def positions(self) -> list[Position]:
        """Where the boards stand once this is committed."""
        return [(board_id, head.epoch, head.seq) for board_id, head in self.heads.items()]

    def announcements(self) -> list[Announcement]:
        """What the nodes are to be told once this is committed."""
        return [
            Announcement(board_id, head.epoch, tuple(head.changes))
            for board_id, head in self.heads.items()
            if head.changes
        ]


READ_HEADS: Final = "SELECT ROW(board_id, epoch, seq) FROM board_heads WHERE board_id = ANY($1::uuid[])"

# Locks them, too, in the order of the ids, so that two nodes never wait for each other. Who had to wait for a lock is
# shown the row as it is then, and the join drops it if it moved.
HEADS_UNMOVED: Final = (
    "SELECT FROM unnest($1::text::uuid[], $2::text::uuid[], $3::text::bigint[]) AS seen (board_id, epoch, seq) "
    "JOIN board_heads USING (board_id, epoch, seq) ORDER BY board_id FOR UPDATE OF board_heads"
)

READ_DONE: Final = (
    "SELECT ROW(account_id, command_id, fingerprint, board_id, seq) "
    "FROM unnest($1::uuid[], $2::uuid[]) AS asked (account_id, command_id) "
    "JOIN done_commands USING (account_id, command_id)"
)

READ_MEMBERSHIPS: Final = "SELECT id FROM membership WHERE board_id = $1"

WRITE_LOG: Final = (
    "INSERT INTO change_log (board_id, seq, at, by, command_id, body, touched) "
    "SELECT board_id, seq, at, by, command_id, body, touched "
    "FROM json_populate_recordset(NULL::change_log, $1::json)"
)

WRITE_DONE: Final = (
    "INSERT INTO done_commands (account_id, command_id, fingerprint, board_id, seq, at) "
    "SELECT account_id, command_id, fingerprint, board_id, seq, at "
    "FROM json_populate_recordset(NULL::done_commands, $1::json)"
)

# Not merged with those that are there: of two makers of one board the second must fail and look again.
WRITE_NEW_HEADS: Final = (
    "INSERT INTO board_heads (board_id, epoch, seq, floor) "
    "SELECT board_id, epoch, seq, 0 FROM json_populate_recordset(NULL::board_heads, $1::json)"
)

RAISE_HEADS: Final = (
    "UPDATE board_heads SET seq = raised.seq "
    "FROM unnest($1::text::uuid[], $2::text::bigint[]) AS raised (board_id, seq) "
    "WHERE board_heads.board_id = raised.board_id"
)


def fingerprint(command: Command) -> str:
    """What tells one command's content from another's that carries the same id."""
    # What `model_dump_json` gives, without the half of its time that goes into options.
    content = type(command).__pydantic_serializer__.to_json(command)
    return hashlib.sha256(content).hexdigest()[:32]


async def run(
    connection: asyncpg.Connection, orders: Sequence[Order], at: datetime, known: KnownBoards
) -> tuple[list[Outcome], list[Announcement]]:
    """Do the orders in their order in one transaction, and commit it.

    `known` is what earlier transactions on this very connection left behind. Returns an outcome for each order, and
    what is to be announced. Raises what asyncpg raises, and MembershipsMoved: then nothing was done.
    """
    planned = [
        # By its type alone: `isinstance` of an abstract class is a call of Python for each that is none.
        order if type(order.command) is not ProfileEdit else await _plan(connection, order, order.command)
        for order in orders
    ]
    boards = {id.int: id for order in planned for id in order.command.boards(order.actor.account_id)}.values()
    touches = _touched(planned)
    if (recalled := known.recall(boards, touches)) is not None:
        batch = _batch(recalled.heads, recalled.records)
        outcomes = [_do(order, batch, at) for order in planned]
        # What writes nothing compares no heads: nobody would find out that it came of something old.
        if batch.log_rows:
            # Before the write, so that what breaks here leaves nothing done. Who does the same elsewhere moves a head.
            outcomes = await _with_repeats(connection, planned, outcomes, batch)
            if await _write_unread(connection, batch, known):
                known.learn(batch.seen, batch.positions(), batch.edits)
                return outcomes, batch.announcements()
    batch = await _read(connection, planned, boards, touches)
    outcomes = [_do(order, batch, at) for order in planned]
    if not await _write(connection, batch):
        async with heads_locked(connection, boards):
            batch = await _read(connection, planned, boards, touches)
            outcomes = [_do(order, batch, at) for order in planned]
            if not await _write(connection, batch):
                raise RuntimeError("a board was written to by somebody who does not lock its head")
    if batch.log_rows:
        known.learn(batch.seen, batch.positions(), _left(batch, touches))
    return outcomes, batch.announcements()


async def _plan(connection: asyncpg.Connection, order: Order, command: ProfileEdit) -> Order:
    rows = await connection.fetch(READ_MEMBERSHIPS, order.actor.account_id)
    everywhere = ProfileEditEverywhere.model_construct(
        command.model_fields_set | {"member_of"},
        **command.given(),
        board_id=command.board_id,
        member_of=tuple(row["id"] for row in rows),
    )
    return Order(order.actor, order.command_id, everywhere)


def _touched(orders: Iterable[Order]) -> list[Touch]:
    touches: list[Touch] = []
    authors: set[tuple[int, int]] = set()
    for order in orders:
        me, board_id = order.actor.account_id, order.command.board_id
        if (author := (me.int, board_id.int)) not in authors:
            authors.add(author)
            touches += (Touch(board_id, Board, board_id), Touch(board_id, Member, me))
        touches += order.command.touches(me)
    return touches


def _left(batch: Batch, touches: Iterable[Touch]) -> Records:
    """The records that were touched or edited, as they stand now."""
    left = {board_id: dict(edits) for board_id, edits in batch.edits.items()}
    for board_id, record_type, id, _ in touches:
        if id is not None:
            key = (record_type.TYPE, id.int)
            left.setdefault(board_id, {})[key] = batch.records.get(board_id, {}).get(key)
    return left


async def _read(
    connection: asyncpg.Connection, orders: Sequence[Order], boards: Collection[UUID], touches: Sequence[Touch]
) -> Batch:
    loading = Loading(touches)
    heads, done, *rows = await one_statement.read(
        connection, [Part(READ_HEADS, (list(boards),)), _reading_done(orders), *loading.parts]
    )
    records: Records = {}
    loading.put_into(records, rows)
    if further := followed(touches, records):
        loading = Loading(further)
        loading.put_into(records, await one_statement.read(connection, loading.parts))
    batch = _batch(heads, records)
    _note_done(batch, done)
    return batch


def _reading_done(orders: Sequence[Order]) -> Part:
    return Part(READ_DONE, ([order.actor.account_id for order in orders], [order.command_id for order in orders]))


def _note_done(batch: Batch, rows: Iterable[tuple[Any, ...]]) -> None:
    for account_id, command_id, print_of_command, board_id, seq in rows:
        batch.done[account_id.int, command_id.int] = (print_of_command, Done(board_id, seq))


def _batch(heads: list[Position], records: Records) -> Batch:
    return Batch(heads, {board_id: _Head(epoch, seq) for board_id, epoch, seq in heads}, records)


def _do(order: Order, batch: Batch, at: datetime) -> Outcome:
    command, me = order.command, order.actor.account_id
    print_of_command = fingerprint(command)
    if (earlier := _earlier(order, print_of_command, batch)) is not None:
        return earlier
    if is_expired(order.command_id, at):
        return Refused("expired", f"This is from more than {COMMANDS_ACCEPTED.days} days ago. Look again, and redo it.")
    draft = Draft(batch.records, command.board_id, me, at)
    try:
        access.require(command, draft)
        command.apply(draft)
    except Refused as refusal:
        return refusal
    done = Done(command.board_id, _log(order, draft, batch, at))
    batch.done[me.int, order.command_id.int] = (print_of_command, done)
    batch.done_rows.append(
        {
            "account_id": me,
            "command_id": order.command_id,
            "fingerprint": print_of_command,
            "board_id": done.board_id,
            "seq": done.seq,
            "at": wire.moment(at),
        }
    )
    return done


def _earlier(order: Order, print_of_command: str, batch: Batch) -> Outcome | None:
    """What became of the command when it came before, as far as the batch knows."""
    known = batch.done.get((order.actor.account_id.int, order.command_id.int))
    if known is None:
        return None
    earlier_print, done = known
    if earlier_print != print_of_command:
        return Refused("conflict", "This command_id was used for another command.")
    return done._replace(repeated=True)


def _log(order: Order, draft: Draft, batch: Batch, at: datetime) -> int:
    """Give the command a change on its own board, be it an empty one, and on every other that it changed. Returns the
    seq of the one on its own.
    """
    for board_id, layer in draft.elsewhere.items():
        delta = _taken(layer, board_id, batch)
        if delta.put or delta.removed:
            _append(order, board_id, delta, batch, at)
    return _append(order, draft.board_id, _taken(draft.own, draft.board_id, batch), batch, at)


def _taken(layer: Layer, board_id: UUID, batch: Batch) -> Delta:
    """What was done to a board; from now on it is the batch's."""
    delta = layer.delta()
    layer.loaded.update(layer.edits)
    batch.edits[board_id].update(layer.edits)
    return delta


def _append(order: Order, board_id: UUID, delta: Delta, batch: Batch, at: datetime) -> int:
    head = batch.heads.get(board_id)
    if head is None:
        head = batch.heads[board_id] = _Head(uuid4(), 0, is_new=True)
    head.seq += 1
    change = {
        "seq": head.seq,
        "at": wire.moment(at),
        "by": order.actor.account_id,
        "command_id": order.command_id,
        "put": delta.put,
        "remove": delta.removed,
    }
    body = wire.encode_to_keep(change)
    head.changes.append(LoggedChange(head.seq, body))
    batch.log_rows.append(
        {
            "board_id": board_id,
            "seq": head.seq,
            "at": change["at"],
            "by": order.actor.account_id,
            "command_id": order.command_id,
            "body": body.decode(),
            "touched": [entry["id"] for entry in (*delta.put, *delta.removed)],
        }
    )
    return head.seq


async def _write_unread(connection: asyncpg.Connection, batch: Batch, known: KnownBoards) -> bool:
    """As `_write`, for a batch of which nobody has looked whether a part of it was done before."""
    try:
        return await _write(connection, batch)
    except asyncpg.UniqueViolationError:
        known.met_a_repeat()
        return False


async def _with_repeats(
    connection: asyncpg.Connection, orders: Sequence[Order], outcomes: Sequence[Outcome], batch: Batch
) -> list[Outcome]:
    """The outcomes, but for refused commands that had been done before, be it that they were refused for that."""
    refused = [order for order, outcome in zip(orders, outcomes, strict=True) if type(outcome) is Refused]
    if not refused:
        return list(outcomes)
    [done] = await one_statement.read(connection, [_reading_done(refused)])
    _note_done(batch, done)
    return [
        (type(outcome) is Refused and _earlier(order, fingerprint(order.command), batch)) or outcome
        for order, outcome in zip(orders, outcomes, strict=True)
    ]


async def _write(connection: asyncpg.Connection, batch: Batch) -> bool:
    """Write what the batch brought forth, and commit it, if no head has moved since it was read."""
    if not batch.log_rows:
        return True
    made: list[dict[str, Any]] = []
    raised: list[tuple[UUID, int]] = []
    for board_id, head in batch.heads.items():
        if head.is_new:
            made.append({"board_id": board_id, "epoch": head.epoch, "seq": head.seq})
        elif head.changes:
            raised.append((board_id, head.seq))
    parts = [
        *saving(batch.edits),
        Part(WRITE_LOG, (wire.encode(batch.log_rows).decode(),)),
        Part(WRITE_DONE, (wire.encode(batch.done_rows).decode(),)),
    ]
    if made:
        parts.append(Part(WRITE_NEW_HEADS, (wire.encode(made).decode(),)))
    if raised:
        parts.append(Part(RAISE_HEADS, tuple(map(array_of, zip(*raised, strict=True)))))
    seen = zip(*batch.seen, strict=True) if batch.seen else ((), (), ())
    unmoved = Part(HEADS_UNMOVED, tuple(map(array_of, seen)))
    return await one_statement.write_if(connection, unmoved, len(batch.seen), parts)
