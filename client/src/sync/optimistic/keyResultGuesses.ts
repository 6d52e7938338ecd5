import type { GuessesOf } from "./guess";

type KeyResultCommand =
  "key_result.create" | "key_result.edit" | "key_result.move" | "key_result.delete" | "key_result.restore";

export const keyResultGuesses: GuessesOf<KeyResultCommand> = {
  "key_result.create": (draft, command, { at }) => {
    if (draft.get("key_result", command.key_result_id) !== undefined || command.start_value === command.target_value) {
      return;
    }
    if (draft.live("goal", command.goal_id) === undefined) {
      return;
    }
    draft.put({
      type: "key_result",
      id: command.key_result_id,
      goal_id: command.goal_id,
      title: command.title,
      position: command.position,
      unit: command.unit ?? "",
      source: command.source ?? "manual",
      start_value: command.start_value,
      target_value: command.target_value,
      current_value: command.start_value,
      created_at: at,
      measured_on: null,
      measured_by: null,
      deleted_at: null,
    });
  },
  "key_result.edit": (draft, { type: _type, board_id: _board, key_result_id, ...fields }) => {
    const known = draft.live("key_result", key_result_id);
    if (known === undefined) {
      return;
    }
    const { start_value = known.start_value, target_value = known.target_value } = fields;
    if (start_value === target_value) {
      return;
    }
    const measured = fields.current_value === undefined ? {} : { measured_by: null };
    draft.edit("key_result", key_result_id, { ...fields, ...measured });
  },
  "key_result.move": (draft, { key_result_id, position }) => {
    if (draft.live("key_result", key_result_id) !== undefined) {
      draft.edit("key_result", key_result_id, { position });
    }
  },
  "key_result.delete": (draft, { key_result_id }, { at }) => {
    if (draft.live("key_result", key_result_id) !== undefined) {
      draft.edit("key_result", key_result_id, { deleted_at: at });
    }
  },
  "key_result.restore": (draft, { key_result_id }) => {
    const keyResult = draft.get("key_result", key_result_id);
    if (keyResult !== undefined && draft.live("goal", keyResult.goal_id) !== undefined) {
      draft.edit("key_result", key_result_id, { deleted_at: null });
    }
  },
};
