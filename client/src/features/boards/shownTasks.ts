/** Which tasks of a list are shown, and which stand folded at its end. */

import type { Day, Id, Task } from "../../protocol/records";
import { addDays, dayAt } from "../../sync/calendar";

/** Whose tasks are shown: of everyone, of nobody yet, or of one person. */
export type PersonFilter = { kind: "everyone" } | { kind: "nobody" } | { kind: "person"; id: Id };

export const EVERYONE: PersonFilter = { kind: "everyone" };

export function matches(task: Pick<Task, "assignee_ids">, filter: PersonFilter): boolean {
  switch (filter.kind) {
    case "everyone":
      return true;
    case "nobody":
      return task.assignee_ids.length === 0;
    case "person":
      return task.assignee_ids.includes(filter.id);
  }
}

/** The day somebody lives in, and how they count it. */
export interface DayCount {
  readonly today: Day;
  readonly time_zone: string;
  readonly day_start_hour: number;
}

/** Done before today. What was done today stays where it was, so that everyone sees it. */
export function isDoneEarlier(task: Pick<Task, "completed_at">, count: DayCount): boolean {
  return earlierThan(count)(task);
}

/** The same for many tasks. */
function earlierThan({ today, time_zone, day_start_hour }: DayCount): (task: Pick<Task, "completed_at">) => boolean {
  // No time zone is that far from UTC, and asking for the wall clock costs more than comparing text.
  const surely = addDays(today, -2);
  return ({ completed_at }) =>
    completed_at !== null &&
    (completed_at.slice(0, 10) < surely || dayAt(new Date(completed_at), time_zone, day_start_hour) < today);
}

export interface ShownTasks {
  readonly tasks: readonly Task[];
  /** Done before today, folded. A list in which everything is done folds nothing. */
  readonly earlier: readonly Task[];
}

export function shownTasks(all: readonly Task[], filter: PersonFilter, count: DayCount): ShownTasks {
  const matching = filter.kind === "everyone" ? all : all.filter((task) => matches(task, filter));
  const earlier = matching.filter(earlierThan(count));
  if (earlier.length === 0 || matching.every(({ completed_at }) => completed_at !== null)) return { tasks: matching, earlier: [] };
  const folded = new Set(earlier);
  return { tasks: matching.filter((task) => !folded.has(task)), earlier };
}
