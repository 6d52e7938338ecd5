import { deleteDB, openDB } from "idb";
import type { DBSchema, IDBPDatabase } from "idb";

import type { AnyRecord, Id } from "../protocol/records";
import type { FieldWrite, LookBack, LostValue, Notice, PendingCommand, Visit } from "./state";

/** What this device keeps for one account. */
export interface Schema extends DBSchema {
  /** Up to which seq of which epoch the records of a board are kept. */
  boards: { key: Id; value: StoredBoard };
  records: { key: [board_id: Id, type: string, id: Id]; value: AnyRecord };
  /** Pending commands in the order in which they were asked. */
  outbox: { key: number; value: StoredCommand; indexes: { command_id: Id } };
  /** Commands that were refused, until they are tried again or let go. */
  refusals: { key: Id; value: Notice };
  /** Values that were replaced unseen, until they are put back or let go. */
  lost_values: { key: string; value: LostValue };
  /** Who wrote last where this device did: what tells that a value was replaced while it was away. */
  field_writes: { key: string; value: FieldWrite };
  /** What of the log is still to be read for values that were lost in it. */
  look_backs: { key: string; value: LookBack };
  /** Up to where somebody has looked at a board here: what came later, came while they were away. */
  visits: { key: Id; value: Visit };
}

/** The stores of what is kept beside the boards' records, each under a key of its own. */
const KEY_PATHS = { refusals: "id", lost_values: "id", field_writes: "key", look_backs: "id", visits: "board_id" } as const;

export type MemoryName = keyof typeof KEY_PATHS;
export type Memory<Name extends MemoryName> = Schema[Name]["value"];

/** All that is kept beside the boards' records and the outbox. */
export type Memories = { readonly [Name in MemoryName]: readonly Memory<Name>[] };

/** Under which key something is kept in its store. */
export function keyOf<Name extends MemoryName>(name: Name, memory: Memory<Name>): string {
  return String(memory[KEY_PATHS[name] as keyof Memory<Name>]);
}

export interface StoredBoard {
  board_id: Id;
  epoch: Id;
  seq: number;
}

/** `seen` is missing in those that an older version has left. */
export type StoredCommand = Omit<PendingCommand, "done_at_seq" | "seen"> & Partial<Pick<PendingCommand, "seen">>;

export type Database = IDBPDatabase<Schema>;

/** The layout of the stores: raise it when one is added or changes, and TABS_VERSION with it. */
export const LAYOUT = 4;
/**
 * The layout since which the records are what they are. When they change, it is set to the raised LAYOUT: the copies of
 * boards are then fetched afresh; the outbox and what is remembered of people's own edits stay.
 */
const LAYOUT_OF_RECORDS = 3;

function nameOf(accountId: Id): string {
  return `lockstep-${accountId}`;
}

/** @param onTerminated called when the browser has taken the connection away: it can be opened again. */
export function openDatabase(accountId: Id, onTerminated: () => void = () => undefined): Promise<Database> {
  return openDB<Schema>(nameOf(accountId), LAYOUT, {
    upgrade(database, from) {
      if (from < LAYOUT_OF_RECORDS) {
        for (const store of ["boards", "records"] as const) {
          if (database.objectStoreNames.contains(store)) {
            database.deleteObjectStore(store);
          }
        }
        database.createObjectStore("boards", { keyPath: "board_id" });
        database.createObjectStore("records");
      }
      if (!database.objectStoreNames.contains("outbox")) {
        const outbox = database.createObjectStore("outbox", { autoIncrement: true });
        outbox.createIndex("command_id", "command_id", { unique: true });
      }
      for (const [store, keyPath] of Object.entries(KEY_PATHS) as [MemoryName, string][]) {
        if (!database.objectStoreNames.contains(store)) {
          database.createObjectStore(store, { keyPath });
        }
      }
    },
    blocking(_current, _blocked, event) {
      // Another tab signs out or brings a newer layout; this one must not hold it up.
      (event.target as IDBDatabase).close();
    },
    terminated: onTerminated,
  });
}

export async function readMemories(database: Database): Promise<Memories> {
  const [refusals, lost_values, field_writes, look_backs, visits] = await Promise.all([
    database.getAll("refusals"),
    database.getAll("lost_values"),
    database.getAll("field_writes"),
    database.getAll("look_backs"),
    database.getAll("visits"),
  ]);
  return { refusals, lost_values, field_writes, look_backs, visits };
}

/** Forgets what is kept beside the records of a board. */
export async function forgetMemories(database: Database, boardId: Id): Promise<void> {
  const names = Object.keys(KEY_PATHS) as MemoryName[];
  const transaction = database.transaction(names, "readwrite");
  const forget = async (name: MemoryName) => {
    for await (const cursor of transaction.objectStore(name)) {
      if (cursor.value.board_id === boardId) {
        await cursor.delete();
      }
    }
  };
  await Promise.all([...names.map(forget), transaction.done]);
}

/** Unlike deleting, this waits for no other tab that has it open. */
export async function emptyDatabase(database: Database): Promise<void> {
  const names = [...database.objectStoreNames];
  const transaction = database.transaction(names, "readwrite");
  await Promise.all([...names.map((name) => transaction.objectStore(name).clear()), transaction.done]);
}

/** Wipes what this device keeps for an account. */
export function deleteDatabase(accountId: Id): Promise<void> {
  return deleteDB(nameOf(accountId));
}
