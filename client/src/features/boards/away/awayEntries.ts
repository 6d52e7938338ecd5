import type { Change, RecordPut } from "../../../protocol/messages";
import type { Id, Moment } from "../../../protocol/records";
import type { Records } from "../../../sync/records";

/** What one person did to one record, all of it together. */
export interface AwayEntry {
  readonly key: string;
  readonly by: Id;
  /** When the last of it happened. */
  readonly at: Moment;
  /** In the order in which it happened first: "completed", "moved to Done". */
  readonly acts: readonly string[];
  readonly subject: Subject;
}

/** What it was done to, and where that is now; a record that is gone leads nowhere. */
export interface Subject {
  readonly kind: "task" | "goal" | "list" | "board";
  readonly id: Id;
  readonly name: string;
  readonly is_here: boolean;
}

interface Act {
  readonly kind: Subject["kind"];
  readonly id: Id;
  /** What it is called in the change itself, if it says so. */
  readonly name?: string | undefined;
  readonly words: readonly string[];
}

/** The fields that a line names when they changed. */
const FIELDS: Record<string, string> = {
  notes: "the notes",
  scheduled_on: "the day",
  due_on: "the due day",
  priority: "the priority",
  assignee_ids: "the people",
  why: "the reason",
  ends_on: "the period",
  starts_on: "the period",
  owner_id: "the owner",
  health: "the health",
};

function changedWords(put: object): string[] {
  return [...new Set(Object.keys(put).flatMap((field) => (field in FIELDS ? [`changed ${FIELDS[field] ?? field}`] : [])))];
}

function trashWords({ deleted_at }: { deleted_at?: Moment | null }): string[] {
  return deleted_at === undefined ? [] : [deleted_at === null ? "restored" : "deleted"];
}

function taskWords(put: Extract<RecordPut, { type: "task" }>, { list }: Records): string[] {
  if (put.created_at !== undefined) return ["added"];
  const words = trashWords(put);
  if (put.completed_at !== undefined) words.push(put.completed_at === null ? "reopened" : "completed");
  if (put.title !== undefined) words.push("renamed");
  if (put.list_id !== undefined) words.push(`moved to ${list[put.list_id]?.title ?? "another list"}`);
  return [...words, ...changedWords(put)];
}

function goalWords(put: Extract<RecordPut, { type: "goal" }>): string[] {
  if (put.created_at !== undefined) return ["added"];
  const words = trashWords(put);
  if (put.title !== undefined) words.push("renamed");
  if (put.state !== undefined) words.push(put.state === "open" ? "reopened" : `marked as ${put.state}`);
  return [...words, ...changedWords(put)];
}

/** What a put tells people, if anything: places in a list and what belongs to settings do not. */
function actOf(put: RecordPut, records: Records): Act | null {
  switch (put.type) {
    case "task":
      return { kind: "task", id: put.id, name: put.title, words: taskWords(put, records) };
    case "goal":
      return { kind: "goal", id: put.id, name: put.title, words: goalWords(put) };
    case "list": {
      const words = put.created_at !== undefined ? ["added"] : [...trashWords(put), ...(put.title === undefined ? [] : ["renamed"])];
      return { kind: "list", id: put.id, name: put.title, words };
    }
    case "comment": {
      const { task_id, goal_id } = { ...records.comment[put.id], ...put };
      const words = put.created_at === undefined ? trashWords(put).map((word) => `${word} a comment on`) : ["commented on"];
      return task_id ? { kind: "task", id: task_id, words } : goal_id ? { kind: "goal", id: goal_id, words } : null;
    }
    case "check_in": {
      const goalId = put.goal_id ?? records.check_in[put.id]?.goal_id;
      return goalId && put.created_at !== undefined ? { kind: "goal", id: goalId, words: ["checked in on"] } : null;
    }
    case "key_result": {
      const goalId = put.goal_id ?? records.key_result[put.id]?.goal_id;
      const isMeasured = put.measured_by !== undefined && put.created_at === undefined;
      return goalId && !isMeasured ? { kind: "goal", id: goalId, words: ["changed a key result of"] } : null;
    }
    case "board":
      return put.title === undefined ? null : { kind: "board", id: put.id, name: put.title, words: ["renamed"] };
    case "member":
      return put.joined_at === undefined ? null : { kind: "board", id: put.id, words: ["joined"] };
    case "invitation":
    case "link":
    case "membership":
    case "profile":
      return null;
  }
}

/**
 * What others did, the newest first: one entry for each person and record, however often they came back to it.
 *
 * @param changes oldest first; `records` are those of the board as it is now.
 */
export function awayEntries(changes: readonly Change[], accountId: Id, records: Records): AwayEntry[] {
  const entries = new Map<string, AwayEntry>();
  const names = new Map<Id, string>();
  for (const { by, at, put } of changes) {
    for (const act of put.map((one) => actOf(one, records))) {
      if (act?.name !== undefined) names.set(act.id, act.name);
      if (by === accountId || act === null || act.words.length === 0) continue;
      const key = `${by} ${act.kind} ${act.id}`;
      const before = entries.get(key)?.acts ?? [];
      const acts = folded([...before, ...act.words]);
      entries.delete(key);
      entries.set(key, { key, by, at, acts, subject: { ...act, name: "", is_here: false } });
    }
  }
  return [...entries.values()].reverse().map((entry) => ({ ...entry, subject: subjectNow(entry.subject, names, records) }));
}

/** Each act once, where it was last; a new record was changed while it was made. */
function folded(acts: readonly string[]): string[] {
  const once = acts.filter((act, index) => acts.lastIndexOf(act) === index && !isUndone(act, acts.slice(index + 1)));
  return once.includes("added") ? once.filter((act) => act !== "renamed" && !act.startsWith("changed ")) : once;
}

const joined = (words: readonly string[]) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;

/** All acts as one phrase that the subject's name can follow: "renamed, completed and changed the notes of". */
export function actWords(acts: readonly string[]): string {
  const changed = acts.filter((act) => act.startsWith("changed the "));
  const others = acts.filter((act) => !changed.includes(act));
  const fields = joined(changed.map((act) => act.slice("changed ".length)));
  const phrase = changed.length === 0 ? [] : [`changed ${fields} of`];
  return joined([...others, ...phrase]);
}

const OPPOSITES: Record<string, string> = { completed: "reopened", reopened: "completed", deleted: "restored", restored: "deleted" };

/** Done and taken back is not news; of several moves the last one is. */
function isUndone(act: string, later: readonly string[]): boolean {
  const opposite = OPPOSITES[act];
  return (opposite !== undefined && later.includes(opposite)) || (act.startsWith("moved to ") && later.some((other) => other.startsWith("moved to ")));
}

function subjectNow({ kind, id }: Subject, names: ReadonlyMap<Id, string>, records: Records): Subject {
  const record = kind === "board" ? Object.values(records.board)[0] : records[kind][id];
  const is_here = record?.deleted_at === null;
  return { kind, id, name: record?.title ?? names.get(id) ?? "", is_here };
}
