import { unwrap } from "idb";
import type { IDBPObjectStore } from "idb";

import type { Snapshot } from "../protocol/http";
import type { AnyRecord, Id } from "../protocol/records";
import type { Database, Schema } from "./database";
import { NO_RECORDS } from "./records";
import type { Records } from "./records";
import type { Replica } from "./state";

/** Some milliseconds of work on a slow phone. */
const WRITTEN_AT_ONCE = 25;

/** What was confirmed of a board: its records, and where in its log they stand. */
export type Confirmed = Pick<Replica, "board_id" | "epoch" | "seq" | "confirmed">;

/** All keys of a board sort between these two. */
function rangeOf(boardId: Id): IDBKeyRange {
  return IDBKeyRange.bound([boardId], [boardId, []]);
}

export async function readStoredReplicas(database: Database): Promise<Snapshot[]> {
  const transaction = database.transaction(["boards", "records"]);
  const boards = await transaction.objectStore("boards").getAll();
  return Promise.all(
    boards.map(async (board) => ({
      ...board,
      records: await transaction.objectStore("records").getAll(rangeOf(board.board_id)),
    })),
  );
}

/**
 * Brings what is stored of a board from one confirmed state to a later one, records and seq in one transaction.
 *
 * Other tabs store the same board. Only where nobody has moved it on since `before` does the difference lead to `after`:
 * a record that came and went between the two is in neither, but may be in what another tab has stored.
 */
export async function storeReplica(database: Database, before: Confirmed | null, after: Confirmed): Promise<void> {
  const { epoch } = after;
  if (epoch === null) {
    return;
  }
  const transaction = database.transaction(["boards", "records"], "readwrite");
  const boards = transaction.objectStore("boards");
  const records = transaction.objectStore("records");
  const stored = await boards.get(after.board_id);
  if (stored?.epoch === epoch && stored.seq > after.seq) {
    return;
  }
  const isUnmoved = before !== null && stored?.epoch === before.epoch && stored.seq === before.seq;
  const write = async () => {
    if (!isUnmoved) {
      unwrap(records).delete(rangeOf(after.board_id));
    }
    await writeAll(records, after.board_id, differences(isUnmoved ? before.confirmed : NO_RECORDS, after.confirmed));
    await boards.put({ board_id: after.board_id, epoch, seq: after.seq });
  };
  await Promise.all([
    write().catch((error: unknown) => {
      // Nothing of it, then.
      transaction.abort();
      throw error;
    }),
    transaction.done,
  ]);
}

type RecordStore = IDBPObjectStore<Schema, ("boards" | "records")[], "records", "readwrite">;

/**
 * Puts and deletes, in steps: a board of thousands must not keep the page from answering. Between two steps a request is
 * under way, so that it stays one transaction. The others are not waited for one by one: when one of them fails, the
 * transaction does.
 */
async function writeAll(records: RecordStore, boardId: Id, all: Iterable<Difference>): Promise<void> {
  const unawaited = unwrap(records);
  let count = 0;
  for (const { record, type, id } of all) {
    const key: [Id, string, Id] = [boardId, type, id];
    count += 1;
    if (count % WRITTEN_AT_ONCE === 0) {
      await (record === null ? records.delete(key) : records.put(record, key));
    } else if (record === null) {
      unawaited.delete(key);
    } else {
      unawaited.put(record, key);
    }
  }
}

export async function forgetStoredReplica(database: Database, boardId: Id): Promise<void> {
  const transaction = database.transaction(["boards", "records"], "readwrite");
  await Promise.all([
    transaction.objectStore("boards").delete(boardId),
    transaction.objectStore("records").delete(rangeOf(boardId)),
    transaction.done,
  ]);
}

interface Difference {
  readonly type: string;
  readonly id: Id;
  /** Null: removed. */
  readonly record: AnyRecord | null;
}

function* differences(before: Records, after: Records): Generator<Difference> {
  for (const type of Object.keys(after) as (keyof Records)[]) {
    const was: Readonly<Record<Id, AnyRecord>> = before[type];
    const is: Readonly<Record<Id, AnyRecord>> = after[type];
    if (was === is) {
      continue;
    }
    for (const [id, record] of Object.entries(is)) {
      if (was[id] !== record) {
        yield { type, id, record };
      }
    }
    for (const id of Object.keys(was)) {
      if (!(id in is)) {
        yield { type, id, record: null };
      }
    }
  }
}
