/** What is known beside the boards' records: who is signed in, the connection, notices, presence, what just arrived. */

import { createReducer } from "@reduxjs/toolkit";
import type { UnknownAction } from "@reduxjs/toolkit";

import type { Change, Person } from "../protocol/messages";
import type { Id } from "../protocol/records";
import {
  accountSignedIn,
  accountSignedOut,
  boardForgotten,
  boardLeft,
  changesReceived,
  commandRefused,
  connectionChanged,
  faultDismissed,
  faultFound,
  lostValueSettled,
  noticeDismissed,
  noticesRead,
  presenceReceived,
  storageBlocked,
  storageFailed,
  storageUnblocked,
  valuesLost,
} from "./actions";
import type { AccountState, Arrival, ConnectionState, Fault, LostValue, Notice, StorageState, Visit } from "./state";

/** How long an arrival is remembered; screens highlight it for about 2 s. */
const ARRIVAL_MS = 10_000;
/** A catch-up of more records than this is news as a whole, not a row that somebody just touched. */
const MOST_ARRIVALS = 50;

export const accountReducer = createReducer<AccountState>({ status: "unknown" }, (builder) => {
  builder
    .addCase(accountSignedIn, (_, { payload }) => ({ status: "signed_in", account: payload }))
    .addCase(accountSignedOut, () => ({ status: "signed_out" }));
});

export const connectionReducer = createReducer<ConnectionState>({ kind: "stopped", reason: null }, (builder) => {
  builder.addCase(connectionChanged, (_, { payload }) => payload);
});

export const storageReducer = createReducer<StorageState>("kept", (builder) => {
  builder
    .addCase(storageFailed, () => "failed")
    .addCase(storageBlocked, () => "blocked")
    .addCase(storageUnblocked, () => "kept")
    .addCase(accountSignedOut, () => "kept");
});

export const noticesReducer = createReducer<readonly Notice[]>([], (builder) => {
  builder
    .addCase(noticesRead, (notices, { payload }) => withNew(payload.refusals, notices))
    .addCase(commandRefused, (notices, { payload }) => withNew(notices, [payload.notice]))
    .addCase(noticeDismissed, (notices, { payload }) => notices.filter(({ id }) => id !== payload.notice_id))
    .addCase(accountSignedOut, () => []);
});

export const lostValuesReducer = createReducer<readonly LostValue[]>([], (builder) => {
  builder
    .addCase(noticesRead, (lost, { payload }) => withNew(payload.lost_values, lost))
    .addCase(valuesLost, (lost, { payload }) => withNew(lost, payload))
    .addCase(lostValueSettled, (lost, { payload }) => lost.filter(({ id }) => id !== payload.id))
    .addCase(boardForgotten, (lost, { payload }) => lost.filter(({ board_id }) => board_id !== payload.board_id))
    .addCase(accountSignedOut, () => []);
});

export const faultsReducer = createReducer<readonly Fault[]>([], (builder) => {
  const without = (faults: readonly Fault[], boardId: Id) => faults.filter(({ board_id }) => board_id !== boardId);
  builder
    .addCase(faultFound, (faults, { payload }) => [...without(faults, payload.board_id), payload])
    .addCase(faultDismissed, (faults, { payload }) => without(faults, payload.board_id))
    .addCase(boardForgotten, (faults, { payload }) => without(faults, payload.board_id))
    .addCase(accountSignedOut, () => []);
});

export const visitsReducer = createReducer<Readonly<Record<Id, Visit>>>({}, (builder) => {
  builder
    .addCase(noticesRead, (visits, { payload }) => ({
      ...Object.fromEntries(payload.visits.map((visit) => [visit.board_id, visit])),
      ...visits,
    }))
    .addCase(boardLeft, (visits, { payload }) => ({ ...visits, [payload.board_id]: payload }))
    .addCase(boardForgotten, (visits, { payload }) => {
      const { [payload.board_id]: _forgotten, ...others } = visits;
      return others;
    })
    .addCase(accountSignedOut, () => ({}));
});

function withNew<Item extends { readonly id: string }>(known: readonly Item[], added: readonly Item[]): readonly Item[] {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...added.filter(({ id }) => !ids.has(id))];
}

export const peopleReducer = createReducer<Readonly<Record<Id, readonly Person[]>>>({}, (builder) => {
  builder
    .addCase(presenceReceived, (people, { payload }) => ({ ...people, [payload.board_id]: payload.people }))
    .addCase(boardForgotten, (people, { payload: { board_id } }) => ({ ...people, [board_id]: [] }))
    // Presence is of now: without a connection nobody is known to be here.
    .addCase(connectionChanged, (people, { payload }) => (payload.kind === "live" ? people : {}));
});

const NO_ARRIVALS: Readonly<Record<Id, Arrival>> = {};

/** A plain reducer: walked as a draft, hundreds of arrivals take longer than the changes that brought them. */
export function arrivalsReducer(arrivals: Readonly<Record<Id, Arrival>> = NO_ARRIVALS, action: UnknownAction): Readonly<Record<Id, Arrival>> {
  if (!changesReceived.match(action)) {
    return arrivals;
  }
  const { changes, account_id, received_at } = action.payload;
  const arrived = changes.filter(({ by }) => by !== account_id);
  if (arrived.length === 0) {
    return arrivals;
  }
  const recent = Object.entries(arrivals).filter(([, { at }]) => received_at - at < ARRIVAL_MS);
  return Object.fromEntries([...recent, ...arrived.flatMap((change) => arrivalsOf(change, received_at)).slice(-MOST_ARRIVALS)]);
}

function arrivalsOf(change: Change, receivedAt: number): [Id, Arrival][] {
  return change.put.map(({ id }) => [id, { by: change.by, at: receivedAt }]);
}
