/**
 * All replicas of the account, by board.
 *
 * A plain reducer over the pure functions of replica.ts, which share what stays the same by themselves: see
 * docs/decisions/0030.
 */

import type { UnknownAction } from "@reduxjs/toolkit";

import type { Id } from "../protocol/records";
import {
  accountSignedOut,
  boardForgotten,
  changesReceived,
  commandDone,
  commandRefused,
  commandSent,
  outboxRead,
  resyncAsked,
  snapshotReceived,
  storedReplicaRead,
} from "./actions";
import { NO_RECORDS } from "./records";
import {
  emptyReplica,
  withChangesOrNone,
  withDone,
  withoutConfirmed,
  withoutPending,
  withoutPosition,
  withPending,
  withSnapshot,
} from "./replica";
import type { PendingCommand, Replica } from "./state";

export type Replicas = Readonly<Record<Id, Replica>>;

const NO_REPLICAS: Replicas = {};

export function replicasReducer(replicas: Replicas = NO_REPLICAS, action: UnknownAction): Replicas {
  if (changesReceived.match(action)) {
    const { board_id, changes } = action.payload;
    return board_id in replicas ? moved(replicas, board_id, (replica) => withChangesOrNone(replica, changes)) : replicas;
  }
  if (snapshotReceived.match(action) || storedReplicaRead.match(action)) {
    const snapshot = action.payload;
    return moved(replicas, snapshot.board_id, (replica) => withSnapshot(replica, snapshot));
  }
  if (commandSent.match(action)) {
    const pending = action.payload;
    return moved(replicas, pending.command.board_id, (replica) => withPending(replica, [pending]));
  }
  if (outboxRead.match(action)) {
    return withOutbox(replicas, action.payload);
  }
  if (commandDone.match(action)) {
    const { board_id, command_id, seq } = action.payload;
    return board_id in replicas ? moved(replicas, board_id, (replica) => withDone(replica, command_id, seq)) : replicas;
  }
  if (commandRefused.match(action)) {
    const { command, command_id } = action.payload.pending;
    return tidied(moved(replicas, command.board_id, (replica) => withoutPending(replica, command_id)), command.board_id);
  }
  if (resyncAsked.match(action)) {
    const { board_id, is_same_log } = action.payload;
    return board_id in replicas ? moved(replicas, board_id, (replica) => withoutPosition(replica, is_same_log)) : replicas;
  }
  if (boardForgotten.match(action)) {
    const { board_id } = action.payload;
    return board_id in replicas ? tidied(moved(replicas, board_id, withoutConfirmed), board_id) : replicas;
  }
  return accountSignedOut.match(action) ? NO_REPLICAS : replicas;
}

/** The commands that the server has not decided yet. */
export function undecidedOf(replicas: Replicas): readonly PendingCommand[] {
  return Object.values(replicas).flatMap(({ pending }) => pending.filter(({ done_at_seq }) => done_at_seq === null));
}

function moved(replicas: Replicas, boardId: Id, move: (replica: Replica) => Replica): Replicas {
  const known = replicas[boardId];
  const next = move(known ?? emptyReplica(boardId));
  return next === known ? replicas : { ...replicas, [boardId]: next };
}

function withOutbox(replicas: Replicas, outbox: readonly PendingCommand[]): Replicas {
  const boardIds = new Set(outbox.map(({ command }) => command.board_id));
  return [...boardIds].reduce((result, boardId) => {
    const ofBoard = outbox.filter(({ command }) => command.board_id === boardId);
    return moved(result, boardId, (replica) => withPending(replica, ofBoard));
  }, replicas);
}

/** A replica that holds neither anything confirmed nor anything asked is none. */
function tidied(replicas: Replicas, boardId: Id): Replicas {
  const replica = replicas[boardId];
  if (replica?.confirmed !== NO_RECORDS || replica.pending.length > 0) {
    return replicas;
  }
  const { [boardId]: _forgotten, ...others } = replicas;
  return others;
}
