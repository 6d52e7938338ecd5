import type { Command } from "../protocol/commands";
import type { Change, RecordPut } from "../protocol/messages";
import type { AnyRecord, Id, Task } from "../protocol/records";
import { newId } from "../sync/ids";
import type { PendingCommand } from "../sync/state";

const AT = "2026-11-22T10:00:00.000Z";

/** A shared board on which "me" is the owner, with one list "l1". */
export function makeBoard(boardId: Id): AnyRecord[] {
  return [
    { type: "board", id: boardId, kind: "shared", title: "Spring", created_at: AT, created_by: "me", deleted_at: null },
    { type: "member", id: "me", name: "Me", color: 0, role: "owner", joined_at: AT },
    { type: "list", id: "l1", title: "Doing", position: "a0", created_at: AT, deleted_at: null },
  ];
}

export function makeTask(id: Id, fields: Partial<Task> = {}): Task {
  return {
    type: "task",
    id,
    list_id: "l1",
    title: `Task ${id}`,
    notes: "",
    position: "a0",
    scheduled_on: null,
    due_on: null,
    priority: 0,
    assignee_ids: [],
    created_at: AT,
    created_by: "me",
    completed_at: null,
    completed_by: null,
    deleted_at: null,
    ...fields,
  };
}

/** A change by somebody else. */
export function makeChange(seq: number, put: RecordPut[] = []): Change {
  return { seq, at: AT, by: "somebody", command_id: newId(), put, remove: [] };
}

export function makePending(command: Command): PendingCommand {
  return { command_id: newId(), command, at: AT, by: "me", name: "Me", color: 0, seen: [], done_at_seq: null };
}
