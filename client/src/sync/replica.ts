/** The client's copy of one board, moved on by pure functions: confirmed + pending = visible. */

import type { Snapshot } from "../protocol/http";
import type { Change } from "../protocol/messages";
import type { AnyRecord, Id } from "../protocol/records";
import { Draft } from "./optimistic/draft";
import { guess } from "./optimistic/guess";
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

/** Applies the changes that come next, skips repeats, and stops at a hole: see `hasHole`. */
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

function applyChange(draft: Draft, change: Change): void {
  for (const put of change.put) {
    const known = draft.get(put.type, put.id);
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
    guess(draft, command, { at, by, name, color });
  }
  return edited(confirmed, draft.edits(), visible);
}
