import type { Change, RecordPut } from "../../../protocol/messages";
import type { Day, Id } from "../../../protocol/records";

/** Names for ids, as far as they are known. */
export interface ActivityNames {
  list: (id: Id) => string | undefined;
  person: (id: Id) => string | undefined;
  day: (day: Day) => string;
}

type TaskPut = Extract<RecordPut, { type: "task" }>;

function planWords(put: TaskPut, { day }: ActivityNames): string[] {
  const words: string[] = [];
  if (put.scheduled_on !== undefined) {
    words.push(put.scheduled_on === null ? "took it off the calendar" : `planned it for ${day(put.scheduled_on)}`);
  }
  if (put.due_on !== undefined) words.push(put.due_on === null ? "removed the due day" : `made it due ${day(put.due_on)}`);
  if (put.priority !== undefined) words.push(put.priority === 0 ? "removed the priority" : `set priority ${put.priority}`);
  return words;
}

function peopleWords(ids: readonly Id[], { person }: ActivityNames): string {
  if (ids.length === 0) return "took everybody off it";
  return `gave it to ${ids.map((id) => person(id) ?? "somebody").join(", ")}`;
}

function taskWords(put: TaskPut, names: ActivityNames): string[] {
  if (put.created_at !== undefined) return ["added the task"];
  const words: string[] = [];
  if (put.deleted_at !== undefined) words.push(put.deleted_at === null ? "restored it" : "deleted it");
  if (put.completed_at !== undefined) words.push(put.completed_at === null ? "reopened it" : "completed it");
  if (put.title !== undefined) words.push(`renamed it to “${put.title}”`);
  if (put.notes !== undefined) words.push("edited the notes");
  if (put.list_id !== undefined) words.push(`moved it to ${names.list(put.list_id) ?? "another list"}`);
  if (put.assignee_ids !== undefined) words.push(peopleWords(put.assignee_ids, names));
  return [...words, ...planWords(put, names)];
}

/** What a change did to a task, to follow the name of who did it; null if it is not worth a line (a mere reordering). */
export function activityWords(change: Change, taskId: Id, names: ActivityNames): string | null {
  const words = change.put.flatMap((put) => {
    if (put.type === "task" && put.id === taskId) return taskWords(put, names);
    if (put.type === "comment" && put.created_at !== undefined) return ["commented"];
    if (put.type === "link") return ["linked it to a goal"];
    return [];
  });
  return words.length === 0 ? null : words.join(" and ");
}
