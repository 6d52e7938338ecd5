import type { RecordType } from "../protocol/messages";
import type { AnyRecord, Id } from "../protocol/records";

export type RecordOf<Type extends RecordType> = Extract<AnyRecord, { type: Type }>;

/** All records of one board, by type and id. A type's map keeps its identity until one of its records changes. */
export type Records = { readonly [Type in RecordType]: Readonly<Record<Id, RecordOf<Type>>> };

export const NO_RECORDS: Records = {
  board: {},
  member: {},
  invitation: {},
  list: {},
  task: {},
  goal: {},
  key_result: {},
  check_in: {},
  link: {},
  comment: {},
  membership: {},
  profile: {},
};

/** Records by type and id. */
export function recordsOf(all: readonly AnyRecord[]): Records {
  const records: Record<string, Record<Id, AnyRecord>> = Object.fromEntries(
    Object.keys(NO_RECORDS).map((type) => [type, {}]),
  );
  for (const record of all) {
    const ofType = records[record.type];
    if (ofType !== undefined) {
      ofType[record.id] = record;
    }
  }
  return records as unknown as Records;
}

/**
 * The records with edits laid over them (null: removed).
 *
 * `seen` is what is on the screen now: a record or a map that comes out the same as there keeps that identity, so only
 * the rows that really changed are drawn again.
 */
export function edited(
  below: Records,
  edits: ReadonlyMap<RecordType, ReadonlyMap<Id, AnyRecord | null>>,
  seen: Records = below,
): Records {
  const result: Record<RecordType, Readonly<Record<Id, AnyRecord>>> = { ...below };
  for (const [type, ofType] of edits) {
    const map: Record<Id, AnyRecord> = { ...below[type] };
    let isChanged = false;
    for (const [id, record] of ofType) {
      const shown = seen[type][id];
      const next = record !== null && shown !== undefined && isSame(shown, record) ? shown : record;
      isChanged ||= (next ?? undefined) !== map[id];
      if (next === null) {
        delete map[id];
      } else {
        map[id] = next;
      }
    }
    // Most often what is on the screen is what lies below: then only the edits have to be looked at.
    const isSeen = seen[type] === below[type] ? !isChanged : isSameMap(seen[type], map);
    result[type] = isSeen ? seen[type] : map;
  }
  return result as Records;
}

/** The same records under the same ids. Without entries or closures: this walks thousands for each change. */
function isSameMap(a: Readonly<Record<Id, AnyRecord>>, b: Readonly<Record<Id, AnyRecord>>): boolean {
  const ids = Object.keys(a);
  if (ids.length !== Object.keys(b).length) {
    return false;
  }
  for (const id of ids) {
    if (a[id] !== b[id]) {
      return false;
    }
  }
  return true;
}

/** Equal field by field; lists of ids count as equal when their items are. */
function isSame(a: object, b: object): boolean {
  const fields = Object.entries(a);
  if (fields.length !== Object.keys(b).length) {
    return false;
  }
  return fields.every(([field, value]: [string, unknown]) => {
    const other = (b as Record<string, unknown>)[field];
    return Object.is(value, other) || (Array.isArray(value) && Array.isArray(other) && isSameList(value, other));
  });
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
}

/** The order in which people see records: by position, ties by id. Keys compare by code unit, never by language. */
export function byPosition(a: { position: string; id: Id }, b: { position: string; id: Id }): number {
  if (a.position !== b.position) {
    return a.position < b.position ? -1 : 1;
  }
  return a.id < b.id ? -1 : 1;
}

export function byCreation(a: { created_at: string; id: Id }, b: { created_at: string; id: Id }): number {
  if (a.created_at !== b.created_at) {
    return a.created_at < b.created_at ? -1 : 1;
  }
  return a.id < b.id ? -1 : 1;
}

export function isLive(record: { deleted_at: string | null }): boolean {
  return record.deleted_at === null;
}
