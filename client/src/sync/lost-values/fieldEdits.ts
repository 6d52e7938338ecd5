/** Which single values a command sets: the grain in which two people's edits can meet. */

import type { Command } from "../../protocol/commands";
import type { AnyRecord, Id, RecordType } from "../../protocol/records";
import { positionAtEnd } from "../positions";
import { byPosition, isLive } from "../records";
import type { Records } from "../records";
import type { SeenValue, FieldValue } from "../state";

/** A value's place on its board. */
export interface FieldPlace {
  readonly type: RecordType;
  readonly record_id: Id;
  readonly field: string;
}

/** The commands that set fields by their names, with the record's type and the name under which its id is given. */
const EDITS = {
  "board.edit": ["board", "board_id"],
  "list.edit": ["list", "list_id"],
  "task.edit": ["task", "task_id"],
  "goal.edit": ["goal", "goal_id"],
  "key_result.edit": ["key_result", "key_result_id"],
  "check_in.edit": ["check_in", "check_in_id"],
  "comment.edit": ["comment", "comment_id"],
  "profile.edit": ["profile", "board_id"],
} as const satisfies Partial<Record<Command["type"], readonly [RecordType, string]>>;

export type EditableType = (typeof EDITS)[keyof typeof EDITS][0];

export function keyOf({ type, record_id, field }: FieldPlace): string {
  return `${type}.${record_id}.${field}`;
}

function isFieldValue(value: unknown): value is FieldValue {
  return value === null || typeof value === "string" || typeof value === "number";
}

/** The values that a command sets. A move sets its task's list; where in the list it stands is nobody's words. */
export function placesOf(command: Command): FieldPlace[] {
  if (command.type === "task.move") {
    return [{ type: "task", record_id: command.task_id, field: "list_id" }];
  }
  const edit = (EDITS as Partial<Record<Command["type"], readonly [RecordType, string]>>)[command.type];
  if (edit === undefined) {
    return [];
  }
  const [type, idName] = edit;
  const fields = command as unknown as Record<string, unknown>;
  return Object.keys(fields)
    .filter((name) => name !== "type" && name !== "board_id" && name !== idName && fields[name] !== undefined)
    .map((field) => ({ type, record_id: fields[idName] as Id, field }));
}

/** The value there, if there is one of a kind that can be put back. */
export function valueAt(records: Records, { type, record_id, field }: FieldPlace): FieldValue | undefined {
  const record = records[type][record_id] as (AnyRecord & Record<string, unknown>) | undefined;
  const value = record?.[field];
  return isFieldValue(value) ? value : undefined;
}

/**
 * What the author of a command had before them where it sets something.
 *
 * @param typedOver what an editor showed when its author began to type, by field; else it is what the board shows now.
 */
export function seenBy(command: Command, visible: Records, typedOver: Readonly<Record<string, FieldValue>> = {}): SeenValue[] {
  return placesOf(command).flatMap((place) => {
    const value = place.field in typedOver ? typedOver[place.field] : valueAt(visible, place);
    return value === undefined ? [] : [{ ...place, value }];
  });
}

/** The command that puts a value back; null where that cannot be any more. */
export function commandToPut(boardId: Id, place: FieldPlace, value: FieldValue, visible: Records): Command | null {
  const { type, record_id, field } = place;
  const record = visible[type][record_id];
  if (record === undefined || ("deleted_at" in record && record.deleted_at !== null)) {
    return null;
  }
  if (type === "task" && field === "list_id") {
    return moveTo(boardId, record_id, value, visible);
  }
  const found = Object.entries(EDITS).find(([, [ofType]]) => ofType === type);
  return found === undefined
    ? null
    : ({ type: found[0], board_id: boardId, [found[1][1]]: record_id, [field]: value } as unknown as Command);
}

function moveTo(boardId: Id, taskId: Id, listId: FieldValue, { list, task }: Records): Command | null {
  if (typeof listId !== "string" || list[listId]?.deleted_at !== null) {
    return null;
  }
  const there = Object.values(task).filter((other) => isLive(other) && other.list_id === listId);
  return { type: "task.move", board_id: boardId, task_id: taskId, list_id: listId, position: positionAtEnd(there.sort(byPosition)) };
}
