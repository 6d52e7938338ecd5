/** Which tasks can be linked, found by some words of their titles. */

import type { Link, List, Task } from "../../../protocol/records";
import { isLive, type Records } from "../../../sync/records";

export const MOST_SHOWN = 50;

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** Open tasks before done ones; each word must be somewhere in the title. */
export function linkableTasks(
  tasks: Records["task"],
  lists: Readonly<Record<string, List>>,
  linked: readonly Link[],
  words: string,
): Task[] {
  const taken = new Set(linked.map(({ task_id }) => task_id));
  const parts = fold(words).split(/\s+/).filter(Boolean);
  return Object.values(tasks)
    .filter((task) => isLive(task) && lists[task.list_id]?.deleted_at === null && !taken.has(task.id))
    .filter((task) => parts.every((part) => fold(task.title).includes(part)))
    .sort(openFirstThenNewest)
    .slice(0, MOST_SHOWN);
}

function openFirstThenNewest(a: Task, b: Task): number {
  const isDone = (task: Task) => Number(task.completed_at !== null);
  return isDone(a) - isDone(b) || (a.created_at < b.created_at ? 1 : -1);
}
