import type { RecordType } from "../../protocol/messages";
import type { AnyRecord, Id } from "../../protocol/records";
import { isLive } from "../records";
import type { RecordOf, Records } from "../records";

/** The records of a board with edits laid over them; what lies below is never touched. */
export class Draft {
  readonly #below: Records;
  readonly #laidOver = new Map<RecordType, Map<Id, AnyRecord | null>>();

  constructor(below: Records) {
    this.#below = below;
  }

  get<Type extends RecordType>(type: Type, id: Id): RecordOf<Type> | undefined {
    const edited = this.#laidOver.get(type)?.get(id);
    if (edited === null) {
      return undefined;
    }
    return (edited as RecordOf<Type> | undefined) ?? this.#below[type][id];
  }

  /** Of a kind that can be in the trash, only if it is not there. */
  live<Type extends "list" | "task" | "goal" | "key_result" | "check_in" | "comment">(
    type: Type,
    id: Id,
  ): RecordOf<Type> | undefined {
    const record: RecordOf<Type> | undefined = this.get(type, id);
    return record !== undefined && isLive(record) ? record : undefined;
  }

  every<Type extends RecordType>(type: Type): RecordOf<Type>[] {
    const ids = new Set([...Object.keys(this.#below[type]), ...(this.#laidOver.get(type)?.keys() ?? [])]);
    return [...ids].map((id) => this.get(type, id)).filter((record) => record !== undefined);
  }

  put(record: AnyRecord): void {
    this.#lay(record.type, record.id, record);
  }

  /** Changes fields of a record that is there. A field given as undefined is left as it is. */
  edit<Type extends RecordType>(type: Type, id: Id, fields: { [Field in keyof RecordOf<Type>]?: unknown }): void {
    const record = this.get(type, id);
    if (record === undefined) {
      return;
    }
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    this.#lay(type, id, { ...record, ...Object.fromEntries(given) });
  }

  remove(type: RecordType, id: Id): void {
    this.#lay(type, id, null);
  }

  /** All that was laid over, by type and id; null: removed. */
  edits(): ReadonlyMap<RecordType, ReadonlyMap<Id, AnyRecord | null>> {
    return this.#laidOver;
  }

  #lay(type: RecordType, id: Id, record: AnyRecord | null): void {
    const ofType = this.#laidOver.get(type) ?? new Map<Id, AnyRecord | null>();
    this.#laidOver.set(type, ofType.set(id, record));
  }
}
