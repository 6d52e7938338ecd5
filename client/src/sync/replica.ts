/** The client's copy of one board, moved on by pure functions: confirmed + pending = visible. */

import type { Command } from "../protocol/commands";
import type { Snapshot } from "../protocol/http";
import type { Change, RecordPut } from "../protocol/messages";
import type { AnyRecord, Id, RecordType } from "../protocol/records";
import { Draft } from "./optimistic/draft";
import { guess } from "./optimistic/guess";
import type { GuessContext } from "./optimistic/guess";
import { edited, NO_RECORDS, recordsOf } from "./records";
import type { Records } from "./records";
import type { PendingCommand, Replica } from "./state";

export function emptyReplica(boardId: Id): Replica {
  return { board_id: boardId, epoch: null, seq: 0, confirmed: NO_RECORDS, pending: [], visible: NO_RECORDS };
}

/** Takes a snapshot in place of what was confirmed. An older one than is here already changes nothing. */
export function withSnapshot(replica: Replica, snapshot: Snapshot): Replica {
  if (replica.epoch === snapshot.epoch && snapshot.seq < replica.seq) {
    return replica;
  }
  const confirmed = recordsOf(snapshot.records);
  return redrawn({
    ...replica,
    epoch: snapshot.epoch,
    seq: snapshot.seq,
    confirmed,
    pending: replica.pending.filter((pending) => !isConfirmedAt(pending, snapshot.seq)),
  });
}

/**
 * The server says that this position is of no use. What is on the screen stays until a snapshot comes.
 *
 * @param isSameLog whether seqs still mean the same. If not, what was done in the lost log has to be asked again.
 */
export function withoutPosition(replica: Replica, isSameLog: boolean): Replica {
  const pending = isSameLog ? replica.pending : replica.pending.map((known) => ({ ...known, done_at_seq: null }));
  return { ...replica, epoch: null, pending };
}

/**
 * Applies the changes that come next, skips repeats, and stops at a hole: see `hasHole`.
 *
 * What cannot be applied is not applied in part: the replica then stays as it was, without its position, until a snapshot
 * comes. See `isFaulty`.
 */
export function withChangesOrNone(replica: Replica, changes: readonly Change[]): Replica {
  try {
    return withChanges(replica, changes);
  } catch {
    // Whatever broke, broke over a copy; why does not matter to what has to be done.
    return withoutPosition(replica, true);
  }
}

/** Whether changes have cost a replica its position. */
export function isFaulty(before: Replica, after: Replica): boolean {
  return before.epoch !== null && after.epoch === null;
}

/** As `withChangesOrNone`, but throws. */
export function withChanges(replica: Replica, changes: readonly Change[]): Replica {
  if (replica.epoch === null) {
    return replica;
  }
  const draft = new Draft(replica.confirmed);
  const confirmedIds = new Set<Id>();
  let seq = replica.seq;
  for (const change of changes) {
    if (change.seq <= seq) {
      continue;
    }
    if (change.seq !== seq + 1) {
      break;
    }
    seq = change.seq;
    confirmedIds.add(change.command_id);
    applyChange(draft, change);
  }
  if (seq === replica.seq) {
    return replica;
  }
  return redrawn({
    ...replica,
    seq,
    confirmed: edited(replica.confirmed, draft.edits()),
    pending: replica.pending.filter((pending) => !confirmedIds.has(pending.command_id) && !isConfirmedAt(pending, seq)),
  });
}

/** Whether something between what is confirmed and these changes is missing. */
export function hasHole(replica: Replica, changes: readonly Change[]): boolean {
  if (replica.epoch === null) {
    return false;
  }
  let seq = replica.seq;
  for (const change of changes) {
    if (change.seq > seq + 1) {
      return true;
    }
    seq = Math.max(seq, change.seq);
  }
  return false;
}

export function withPending(replica: Replica, added: readonly PendingCommand[]): Replica {
  const known = new Set(replica.pending.map(({ command_id }) => command_id));
  const fresh = added.filter(({ command_id }) => !known.has(command_id));
  return fresh.length === 0 ? replica : redrawn({ ...replica, pending: [...replica.pending, ...fresh] });
}

export function withoutPending(replica: Replica, commandId: Id): Replica {
  const pending = replica.pending.filter(({ command_id }) => command_id !== commandId);
  return pending.length === replica.pending.length ? replica : redrawn({ ...replica, pending });
}

/** The server did a command at a seq. Its guess stays until the confirmed records are that far, so nothing flickers. */
export function withDone(replica: Replica, commandId: Id, seq: number): Replica {
  if (replica.epoch !== null && seq <= replica.seq) {
    return withoutPending(replica, commandId);
  }
  return {
    ...replica,
    pending: replica.pending.map((pending) =>
      pending.command_id === commandId ? { ...pending, done_at_seq: seq } : pending,
    ),
  };
}

/** No such board for me any more: nothing confirmed is kept; what was asked waits for its refusal. */
export function withoutConfirmed(replica: Replica): Replica {
  return redrawn({
    ...emptyReplica(replica.board_id),
    pending: replica.pending.filter(({ done_at_seq }) => done_at_seq === null),
  });
}

function isConfirmedAt(pending: PendingCommand, seq: number): boolean {
  return pending.done_at_seq !== null && pending.done_at_seq <= seq;
}

/** A field of each type that only a new record's put carries. */
const OF_NEW: Readonly<Record<RecordType, string>> = {
  board: "created_at",
  member: "joined_at",
  invitation: "created_at",
  list: "created_at",
  task: "created_at",
  goal: "created_at",
  key_result: "created_at",
  check_in: "created_at",
  link: "goal_id",
  comment: "created_at",
  membership: "joined_at",
  profile: "week_start",
};

function isWhole(put: RecordPut): boolean {
  return OF_NEW[put.type] in put;
}

function applyChange(draft: Draft, change: Change): void {
  for (const put of change.put) {
    const known = draft.get(put.type, put.id);
    if (known === undefined && !isWhole(put)) {
      throw new Error(`A ${put.type} that is not here cannot be changed.`);
    }
    // A put of an unknown record carries all its fields, one of a known record those that changed.
    draft.put({ ...known, ...put } as AnyRecord);
  }
  for (const removal of change.remove) {
    draft.remove(removal.type, removal.id);
  }
}

/** Replays the pending commands over the confirmed records. */
function redrawn(replica: Replica): Replica {
  return { ...replica, visible: replayed(replica) };
}

function replayed({ confirmed, pending, visible }: Replica): Records {
  if (pending.length === 0) {
    return confirmed;
  }
  const draft = new Draft(confirmed);
  for (const { command, at, by, name, color } of pending) {
    guessOrNone(draft, command, { at, by, name, color });
  }
  return edited(confirmed, draft.edits(), visible);
}

/** A guess that breaks must not take what is confirmed from the screen; the server decides on the command all the same. */
function guessOrNone(draft: Draft, command: Command, context: GuessContext): void {
  try {
    guess(draft, command, context);
  } catch {
    // Guesses edit record by record: what this one did before it broke is only ever shown until the answer.
  }
}
