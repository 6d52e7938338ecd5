import type { Id, Task } from "../protocol/records";
import { sortedGroups } from "./grouped";
import type { Grouped } from "./grouped";
import { byPosition, isLive } from "./records";

type Tasks = Readonly<Record<Id, Task>>;
type Groups = Grouped<Task>;

/** With more changes than this, grouping all anew costs less. */
const MOST_CHANGED = 200;

/** Held as long as the tasks are. */
const groupsOf = new WeakMap<Tasks, Groups>();
/** What was grouped last: most of what comes next is the same, and nothing is kept alive for that. */
let last: WeakRef<Tasks> | null = null;

/**
 * The tasks of each list in their order, without those in the trash. A list keeps its identity as long as its tasks do: a
 * tick in one of four lists of five hundred sorts and redraws nothing of the other three.
 */
export function tasksByList(tasks: Tasks): Groups {
  const known = groupsOf.get(tasks);
  if (known !== undefined) {
    return known;
  }
  const before = last?.deref();
  const groups = (before === undefined ? null : regrouped(before, tasks)) ?? grouped(tasks);
  groupsOf.set(tasks, groups);
  last = new WeakRef(tasks);
  return groups;
}

function grouped(tasks: Tasks): Groups {
  return sortedGroups(Object.values(tasks).filter(isLive), (task) => task.list_id, byPosition);
}

/** From the groups of what was there before; null: too much is different. */
function regrouped(before: Tasks, after: Tasks): Groups | null {
  const groups = groupsOf.get(before);
  const ids = groups === undefined ? null : changedIds(before, after);
  if (groups === undefined || ids === null) {
    return null;
  }
  const listIds = new Set(ids.flatMap((id) => [before[id], after[id]]).flatMap((task) => (task === undefined ? [] : [task.list_id])));
  const result = new Map(groups);
  for (const listId of listIds) {
    const stayed = (groups.get(listId) ?? []).filter((task) => after[task.id] === task);
    const came = ids.map((id) => after[id]).filter((task) => task !== undefined && isLive(task) && task.list_id === listId) as Task[];
    if (stayed.length + came.length === 0) {
      result.delete(listId);
    } else {
      result.set(listId, [...stayed, ...came].sort(byPosition));
    }
  }
  return result;
}

function changedIds(before: Tasks, after: Tasks): Id[] | null {
  const ids: Id[] = [];
  for (const id of Object.keys(after)) {
    if (after[id] !== before[id]) {
      ids.push(id);
      if (ids.length > MOST_CHANGED) {
        return null;
      }
    }
  }
  for (const id of Object.keys(before)) {
    if (!(id in after)) {
      ids.push(id);
    }
  }
  return ids;
}
