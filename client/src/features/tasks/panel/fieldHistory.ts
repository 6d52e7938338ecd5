import type { Change } from "../../../protocol/messages";
import type { Id } from "../../../protocol/records";
import type { FieldValue } from "../../../sync/state";

/** One field of a task, changed from one value to another. */
export interface FieldStep {
  readonly field: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
}

/** The fields whose older values people may want back: those that an edit sets, and the list. */
const KEPT: ReadonlySet<string> = new Set(["title", "notes", "scheduled_on", "due_on", "priority", "list_id"]);

/**
 * What each change made of the task's fields, by seq. Where the log no longer says what was there before, a step is
 * left out: nothing can be put back.
 *
 * @param changes the task's, oldest first.
 */
export function fieldHistory(changes: readonly Change[], taskId: Id): ReadonlyMap<number, readonly FieldStep[]> {
  const known = new Map<string, FieldValue>();
  const history = new Map<number, FieldStep[]>();
  for (const { seq, put } of changes) {
    const steps: FieldStep[] = [];
    for (const { type, id, ...fields } of put) {
      if (type !== "task" || id !== taskId) continue;
      for (const [field, value] of Object.entries(fields) as [string, FieldValue][]) {
        if (!KEPT.has(field)) continue;
        const before = known.get(field);
        if (before !== undefined && before !== value) steps.push({ field, before, after: value });
        known.set(field, value);
      }
    }
    if (steps.length > 0) history.set(seq, steps);
  }
  return history;
}
