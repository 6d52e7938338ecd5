import type { GuessesOf } from "./guess";

type TaskCommand =
  | "task.create"
  | "task.edit"
  | "task.move"
  | "task.complete"
  | "task.reopen"
  | "task.delete"
  | "task.restore"
  | "task.assign"
  | "task.unassign";

export const taskGuesses: GuessesOf<TaskCommand> = {
  "task.create": (draft, command, { at, by }) => {
    const assigneeIds = [...new Set(command.assignee_ids)].sort();
    if (draft.get("task", command.task_id) !== undefined || draft.live("list", command.list_id) === undefined) {
      return;
    }
    if (assigneeIds.some((accountId) => draft.get("member", accountId) === undefined)) {
      return;
    }
    draft.put({
      type: "task",
      id: command.task_id,
      list_id: command.list_id,
      title: command.title,
      notes: command.notes ?? "",
      position: command.position,
      scheduled_on: command.scheduled_on ?? null,
      due_on: command.due_on ?? null,
      priority: command.priority ?? 0,
      assignee_ids: assigneeIds,
      created_at: at,
      created_by: by,
      completed_at: null,
      completed_by: null,
      deleted_at: null,
    });
  },
  "task.edit": (draft, { type: _type, board_id: _board, task_id, ...fields }) => {
    if (draft.live("task", task_id) !== undefined) {
      draft.edit("task", task_id, fields);
    }
  },
  "task.move": (draft, { task_id, list_id, position }) => {
    if (draft.live("task", task_id) !== undefined && draft.live("list", list_id) !== undefined) {
      draft.edit("task", task_id, { list_id, position });
    }
  },
  "task.complete": (draft, { task_id }, { at, by }) => {
    if (draft.live("task", task_id)?.completed_at === null) {
      draft.edit("task", task_id, { completed_at: at, completed_by: by });
    }
  },
  "task.reopen": (draft, { task_id }) => {
    if (draft.live("task", task_id) !== undefined) {
      draft.edit("task", task_id, { completed_at: null, completed_by: null });
    }
  },
  "task.delete": (draft, { task_id }, { at }) => {
    if (draft.live("task", task_id) !== undefined) {
      draft.edit("task", task_id, { deleted_at: at });
    }
  },
  "task.restore": (draft, { task_id }) => {
    const task = draft.get("task", task_id);
    if (task !== undefined && draft.live("list", task.list_id) !== undefined) {
      draft.edit("task", task_id, { deleted_at: null });
    }
  },
  "task.assign": (draft, { task_id, account_id }) => {
    const task = draft.live("task", task_id);
    if (task !== undefined && draft.get("member", account_id) !== undefined) {
      draft.edit("task", task_id, { assignee_ids: [...new Set([...task.assignee_ids, account_id])].sort() });
    }
  },
  "task.unassign": (draft, { task_id, account_id }) => {
    const task = draft.live("task", task_id);
    if (task !== undefined) {
      draft.edit("task", task_id, { assignee_ids: task.assignee_ids.filter((id) => id !== account_id) });
    }
  },
};
