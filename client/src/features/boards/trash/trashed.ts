/** What lies in a board's trash, newest first. */

import type { Goal, Id, List, Moment, Task } from "../../../protocol/records";
import type { Records } from "../../../sync/records";

export type TrashKind = "task" | "list" | "goal";

export interface Trashed {
  readonly kind: TrashKind;
  readonly id: Id;
  readonly title: string;
  readonly deleted_at: Moment;
  /** Why it cannot be restored yet; null if it can. */
  readonly blocked: string | null;
}

export function trashed(records: Pick<Records, "task" | "list" | "goal">): Trashed[] {
  const found: Trashed[] = [];
  const add = (kind: TrashKind, { id, title, deleted_at }: Task | List | Goal, blocked: string | null) => {
    if (deleted_at !== null) found.push({ kind, id, title, deleted_at, blocked });
  };
  for (const list of Object.values(records.list)) add("list", list, null);
  for (const goal of Object.values(records.goal)) add("goal", goal, null);
  for (const task of Object.values(records.task)) {
    const list = records.list[task.list_id];
    add("task", task, list?.deleted_at === null ? null : `Restore its list${list === undefined ? "" : ` “${list.title}”`} first`);
  }
  return found.sort((a, b) => (a.deleted_at === b.deleted_at ? (a.id < b.id ? -1 : 1) : a.deleted_at < b.deleted_at ? 1 : -1));
}
