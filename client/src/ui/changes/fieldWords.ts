/** Fields and their values in words, for telling what changed. */

import type { RecordType } from "../../protocol/messages";
import type { Day, Id } from "../../protocol/records";
import type { FieldValue } from "../../sync/state";

/** Names for ids, as far as they are known. */
export interface Names {
  list: (id: Id) => string | undefined;
  person: (id: Id) => string | undefined;
  day: (day: Day) => string;
}

const FIELDS: Record<string, string> = {
  title: "title",
  notes: "notes",
  why: "reason",
  note: "note",
  text: "text",
  name: "name",
  list_id: "list",
  scheduled_on: "planned day",
  due_on: "due day",
  starts_on: "first day",
  ends_on: "last day",
  priority: "priority",
  owner_id: "owner",
  state: "state",
  unit: "unit",
  start_value: "start",
  target_value: "target",
  current_value: "current value",
  value: "number",
  color: "colour",
  time_zone: "time zone",
  week_start: "first day of the week",
  day_start_hour: "start of the day",
};

const NOUNS: Partial<Record<RecordType, string>> = {
  key_result: "key result",
  check_in: "check-in on",
  comment: "comment on",
  list: "list",
  board: "board",
};

const LONGEST = 120;

export function fieldWord(field: string): string {
  return FIELDS[field] ?? field.replaceAll("_", " ");
}

/** The record by its name, with its kind where the name alone would not tell: “Run”, the list “Doing”. */
export function recordWords(type: RecordType, name: string): string {
  const noun = NOUNS[type];
  if (name === "") return noun === undefined ? `a ${type}` : `a ${noun.replace(" on", "")}`;
  return noun === undefined ? `“${name}”` : `the ${noun} “${name}”`;
}

export function valueWords(field: string, value: FieldValue, names: Names): string {
  if (value === null || value === "" || (field === "priority" && value === 0)) return "none";
  if (typeof value === "number") return String(value);
  if (field === "list_id") return names.list(value) ?? "another list";
  if (field === "owner_id") return names.person(value) ?? "somebody";
  if (field.endsWith("_on")) return names.day(value);
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}
