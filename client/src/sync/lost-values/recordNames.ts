import type { Command } from "../../protocol/commands";
import type { AnyRecord, Id, RecordType } from "../../protocol/records";
import type { Records } from "../records";

/** What a record is called; comments and check-ins are called as what they belong to. Empty: not known. */
export function nameOf(records: Records, { type, record_id }: { type: RecordType; record_id: Id }): string {
  const record = records[type][record_id];
  if (record === undefined) {
    return "";
  }
  switch (record.type) {
    case "comment":
      return (record.task_id !== null ? records.task[record.task_id]?.title : records.goal[record.goal_id ?? ""]?.title) ?? "";
    case "check_in":
    case "link":
      return records.goal[record.goal_id]?.title ?? "";
    case "invitation":
      return record.email ?? "";
    case "member":
    case "profile":
      return record.name;
    case "membership":
      return "";
    case "board":
    case "list":
    case "task":
    case "goal":
    case "key_result":
      return record.title;
  }
}

/** The records of an id, of whatever type, and those that they are called by. */
export function recordsInName(records: Records, recordId: Id): readonly AnyRecord[] {
  const named = Object.values(records).flatMap((ofType: Readonly<Record<Id, AnyRecord>>) => ofType[recordId] ?? []);
  const parents = named.flatMap((record) => {
    const { task_id, goal_id } = record as { task_id?: Id | null; goal_id?: Id | null };
    return [records.task[task_id ?? ""] ?? [], records.goal[goal_id ?? ""] ?? []].flat();
  });
  return [...named, ...parents];
}

/** What the record is called that a command is about; new ones bring their name along. */
export function nameInCommand(command: Command, records: Records): string {
  const type = command.type.slice(0, command.type.indexOf(".")) as RecordType;
  const ids = command as unknown as Readonly<Record<string, string | undefined>>;
  const record_id = ids[`${type}_id`] ?? command.board_id;
  const known = nameOf(records, { type, record_id });
  return known !== "" ? known : (ids.title ?? parentName(ids, records));
}

function parentName(ids: Readonly<Record<string, string | undefined>>, { task, goal }: Records): string {
  return task[ids.task_id ?? ""]?.title ?? goal[ids.goal_id ?? ""]?.title ?? "";
}
