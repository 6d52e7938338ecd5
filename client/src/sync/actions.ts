/** What happened to this client's copies, in the past tense. The action log reads as a story. */

import { createAction, prepareAutoBatched } from "@reduxjs/toolkit";

import type { Account, Snapshot } from "../protocol/http";
import type { Change, Person } from "../protocol/messages";
import type { Id } from "../protocol/records";
import type { ConnectionState, Fault, LostValue, Notice, PendingCommand, Visit } from "./state";

export const accountSignedIn = createAction<Account>("sync/accountSignedIn");
export const accountSignedOut = createAction("sync/accountSignedOut");

export const connectionChanged = createAction<ConnectionState>("sync/connectionChanged");

/** From the device's own store, at the start. */
export const storedReplicaRead = createAction<Snapshot>("sync/storedReplicaRead");
export const outboxRead = createAction<readonly PendingCommand[]>("sync/outboxRead");

export const snapshotReceived = createAction<Snapshot>("sync/snapshotReceived");
/**
 * `account_id` is mine; `received_at` is local time in milliseconds.
 *
 * Screens hear of it a moment later, in a task of its own: to take many changes and to draw them takes a slow phone long.
 */
export const changesReceived = createAction(
  "sync/changesReceived",
  prepareAutoBatched<{ board_id: Id; changes: readonly Change[]; account_id: Id; received_at: number }>(),
);
/** `is_same_log`: the seqs of what was confirmed still mean the same. */
export const resyncAsked = createAction<{ board_id: Id; is_same_log: boolean }>("sync/resyncAsked");
export const boardForgotten = createAction<{ board_id: Id }>("sync/boardForgotten");

export const commandSent = createAction<PendingCommand>("sync/commandSent");
/** Comes with the change that answers the command, and is drawn with it. */
export const commandDone = createAction("sync/commandDone", prepareAutoBatched<{ command_id: Id; board_id: Id; seq: number }>());
export const commandRefused = createAction<{ pending: PendingCommand; notice: Notice }>("sync/commandRefused");
/** From the device's own store, at the start. */
export const noticesRead = createAction<{
  refusals: readonly Notice[];
  lost_values: readonly LostValue[];
  visits: readonly Visit[];
}>("sync/noticesRead");
/** Somebody has looked at the board up to here, and looks elsewhere now. */
export const boardLeft = createAction<Visit>("sync/boardLeft");
export const noticeDismissed = createAction<{ notice_id: Id }>("sync/noticeDismissed");

export const valuesLost = createAction<readonly LostValue[]>("sync/valuesLost");
export const lostValueSettled = createAction<{ id: string }>("sync/lostValueSettled");

export const presenceReceived = createAction<{ board_id: Id; people: readonly Person[] }>("sync/presenceReceived");

/** Something of this board could not be understood: a snapshot follows. `at` is local time in milliseconds. */
export const faultFound = createAction<Fault>("sync/faultFound");
export const faultDismissed = createAction<{ board_id: Id }>("sync/faultDismissed");

/** This device could not keep something: a reload would lose it. */
export const storageFailed = createAction("sync/storageFailed");
/** Nothing can be kept as long as another tab holds up the opening. */
export const storageBlocked = createAction("sync/storageBlocked");
/** It does so no more, and all that is here is kept from now on. */
export const storageUnblocked = createAction("sync/storageUnblocked");
