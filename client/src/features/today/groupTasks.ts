import type { Day, Task } from "../../protocol/records";
import { addDays } from "../../sync/calendar";
import type { TaskOnBoard } from "../../sync/myTasks";

/** My tasks as Today shows them. Each is in exactly one group. */
export interface TaskGroups {
  overdue: TaskOnBoard[];
  today: TaskOnBoard[];
  /** The next seven days, the nearest first. */
  upcoming: { day: Day; tasks: TaskOnBoard[] }[];
  /** What comes after them. */
  later: TaskOnBoard[];
  undated: TaskOnBoard[];
  /** Completed today, the latest first. */
  done: TaskOnBoard[];
}

/** The first day that a task asks for attention: when it is planned or when it is due, whichever comes first. */
export function dayOfTask({ scheduled_on, due_on }: Pick<Task, "scheduled_on" | "due_on">): Day | null {
  if (scheduled_on === null || due_on === null) return scheduled_on ?? due_on;
  return scheduled_on < due_on ? scheduled_on : due_on;
}

const rank = (priority: number): number => (priority === 0 ? 4 : priority);

/** By day, then the most urgent first, then the oldest. */
function byUrgency(a: TaskOnBoard, b: TaskOnBoard): number {
  const days = (dayOfTask(a.task) ?? "").localeCompare(dayOfTask(b.task) ?? "");
  return (
    days ||
    rank(a.task.priority) - rank(b.task.priority) ||
    a.task.created_at.localeCompare(b.task.created_at) ||
    a.task.id.localeCompare(b.task.id)
  );
}

/**
 * Sorts my tasks into groups. `completedOn` tells the day on which a done task was completed, in the person's calendar;
 * those `held` stay where they were as open ones, so that a row does not vanish under the finger that ticks it.
 */
export function groupTasks(
  tasks: readonly TaskOnBoard[],
  today: Day,
  completedOn: (task: Task) => Day | null,
  held: ReadonlySet<string>,
): TaskGroups {
  const groups: TaskGroups = { overdue: [], today: [], upcoming: [], later: [], undated: [], done: [] };
  const lastOfWeek = addDays(today, 7);
  const byDay = new Map<Day, TaskOnBoard[]>();
  for (const entry of [...tasks].sort(byUrgency)) {
    const { task } = entry;
    const day = dayOfTask(task);
    if (task.completed_at !== null && !held.has(task.id)) {
      if (completedOn(task) === today) groups.done.push(entry);
    } else if (day === null) {
      groups.undated.push(entry);
    } else if (day < today) {
      groups.overdue.push(entry);
    } else if (day === today) {
      groups.today.push(entry);
    } else if (day > lastOfWeek) {
      groups.later.push(entry);
    } else {
      byDay.set(day, [...(byDay.get(day) ?? []), entry]);
    }
  }
  groups.upcoming = [...byDay].sort(([a], [b]) => a.localeCompare(b)).map(([day, entries]) => ({ day, tasks: entries }));
  groups.done.sort((a, b) => (b.task.completed_at ?? "").localeCompare(a.task.completed_at ?? ""));
  return groups;
}

/** How much of today is done: what was completed today, of that and what is still open. */
export function dayProgress({ overdue, today, done }: TaskGroups): { done: number; all: number } {
  const ticked = [...overdue, ...today].filter(({ task }) => task.completed_at !== null).length;
  return { done: done.length + ticked, all: done.length + overdue.length + today.length };
}
