/** Finds the values that one of two edits of the same field has replaced without its author knowing of the other. */

import type { Change, RecordPut } from "../../protocol/messages";
import type { Id } from "../../protocol/records";
import type { Records } from "../records";
import type { FieldValue, FieldWrite, LostValue, PendingCommand } from "../state";
import { keyOf, valueAt } from "./fieldEdits";
import type { FieldPlace } from "./fieldEdits";
import { nameOf } from "./recordNames";

/** Before so long after mine, somebody else may not have seen it: devices' clocks differ, and typing takes its time. */
const HARDLY_SEEN_MS = 60_000;

/** Fields of whole texts: what contains the other one has lost nothing of it. */
const TEXTS: ReadonlySet<string> = new Set(["notes", "why", "note", "text"]);

export interface LossesFound {
  readonly losses: readonly LostValue[];
  /** Who wrote the fields last that I have a stake in, as far as that moved. */
  readonly writes: readonly FieldWrite[];
}

export interface LossesContext {
  readonly board_id: Id;
  /** What was confirmed before the changes. */
  readonly confirmed: Records;
  readonly pending: readonly PendingCommand[];
  readonly account_id: Id;
  /** The last known write of a field by its key; see `FieldWrite`. */
  readonly writeOf: (key: string) => FieldWrite | undefined;
}

/**
 * Follows changes in their order, over what was confirmed before them.
 *
 * Mine replaced theirs when my edit is confirmed over another value than I saw. Theirs replaced mine when somebody
 * else's change meets a value of mine that they asked to change before mine was there, or hardly after.
 */
export function findLosses(context: LossesContext, changes: readonly Change[]): LossesFound {
  const { board_id, confirmed, account_id } = context;
  const mine = new Map(context.pending.map((pending) => [pending.command_id, pending]));
  const awaited = new Set(context.pending.flatMap(({ seen }) => seen.map(keyOf)));
  const values = new Map<string, FieldValue>();
  const writes = new Map<string, FieldWrite>();
  const losses: LostValue[] = [];

  for (const change of changes) {
    const pending = mine.get(change.command_id);
    for (const { place, value } of valuesIn(change.put)) {
      const key = keyOf(place);
      const write = writes.get(key) ?? context.writeOf(key);
      if (write === undefined && !awaited.has(key)) {
        continue;
      }
      const before = values.has(key) ? values.get(key) : valueAt(confirmed, place);
      const seen = pending?.seen.find((known) => keyOf(known) === key);
      const isMine = seen !== undefined;
      values.set(key, value);
      writes.set(key, { ...place, board_id, key, value, by: change.by, at: change.at });
      if (before === undefined || !isLoss(place.field, before, value)) {
        continue;
      }
      const loss = {
        ...place,
        id: `${change.command_id}.${key}`,
        board_id,
        lost: before,
        kept: value,
        at: change.at,
        name: nameOf(confirmed, place),
      };
      const isStillThere = write?.value === before;
      if (isMine && before !== seen.value) {
        losses.push({ ...loss, whose: "theirs", by: isStillThere ? write.by : null });
      } else if (!isMine && isStillThere && write.by === account_id && change.by !== account_id && isBlind(change, write)) {
        losses.push({ ...loss, whose: "mine", by: change.by });
      }
    }
  }
  return { losses, writes: [...writes.values()] };
}

function* valuesIn(puts: readonly RecordPut[]): Generator<{ place: FieldPlace; value: FieldValue }> {
  for (const { type, id, ...fields } of puts) {
    for (const [field, value] of Object.entries(fields) as [string, unknown][]) {
      if (value === null || typeof value === "string" || typeof value === "number") {
        yield { place: { type: type, record_id: id, field }, value };
      }
    }
  }
}

function isLoss(field: string, lost: FieldValue, kept: FieldValue): boolean {
  if (lost === kept || (typeof lost === "string" && lost.trim() === "")) {
    return false;
  }
  return !(TEXTS.has(field) && typeof lost === "string" && typeof kept === "string" && kept.includes(lost.trim()));
}

/** Whether the author of a change can hardly have known what I had written. */
function isBlind(change: Change, write: FieldWrite): boolean {
  const asked = askedAt(change.command_id);
  const mineAt = Date.parse(write.at);
  if (asked !== null && asked <= mineAt) {
    return true;
  }
  // Cards are pushed on from list to list in quick turns: there, only the certain case is worth a word.
  return write.field !== "list_id" && Date.parse(change.at) - mineAt < HARDLY_SEEN_MS;
}

/** The time in a UUID of version 7: when the command was asked, by its author's clock. Other versions carry none. */
function askedAt(commandId: Id): number | null {
  return commandId[14] === "7" ? parseInt(commandId.replace("-", "").slice(0, 12), 16) : null;
}
