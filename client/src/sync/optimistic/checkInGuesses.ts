import type { CheckIn, Day, KeyResult } from "../../protocol/records";
import type { Draft } from "./draft";
import type { GuessesOf } from "./guess";

/** What is measured for a day counts unless something later was already measured. */
function isNewest(day: Day, known: Day | null): boolean {
  return known === null || day >= known;
}

/** Lets the key result and the goal show what a check-in says. */
function takeOver(draft: Draft, checkIn: CheckIn): void {
  const { key_result_id: keyResultId, value } = checkIn;
  const keyResult = keyResultId === null ? undefined : draft.get("key_result", keyResultId);
  if (keyResult !== undefined && value !== null && isNewest(checkIn.for_day, keyResult.measured_on)) {
    draft.edit("key_result", keyResult.id, {
      current_value: value,
      measured_on: checkIn.for_day,
      measured_by: checkIn.id,
    });
  }
  const goal = draft.get("goal", checkIn.goal_id);
  if (goal !== undefined && checkIn.health !== null && isNewest(checkIn.for_day, goal.health_on)) {
    draft.edit("goal", goal.id, { health: checkIn.health, health_on: checkIn.for_day });
  }
}

/** The key result that shows this check-in's value. */
function shownIn(draft: Draft, checkIn: CheckIn): KeyResult | undefined {
  const keyResult = checkIn.key_result_id === null ? undefined : draft.get("key_result", checkIn.key_result_id);
  return keyResult?.measured_by === checkIn.id ? keyResult : undefined;
}

export const checkInGuesses: GuessesOf<"check_in.create" | "check_in.edit" | "check_in.delete" | "check_in.restore"> = {
  "check_in.create": (draft, command, { at, by }) => {
    const { key_result_id = null, value = null, health = null, note = "" } = command;
    const keyResult = key_result_id === null ? undefined : draft.live("key_result", key_result_id);
    if (draft.get("check_in", command.check_in_id) !== undefined || draft.live("goal", command.goal_id) === undefined) {
      return;
    }
    if ((value === null && health === null && note === "") || (value === null) !== (key_result_id === null)) {
      return;
    }
    if (value !== null && (keyResult?.goal_id !== command.goal_id || keyResult.source !== "manual")) {
      return;
    }
    const checkIn: CheckIn = {
      type: "check_in",
      id: command.check_in_id,
      goal_id: command.goal_id,
      key_result_id,
      value,
      previous_value: keyResult?.current_value ?? null,
      health,
      note,
      for_day: command.for_day,
      created_at: at,
      created_by: by,
      deleted_at: null,
    };
    draft.put(checkIn);
    takeOver(draft, checkIn);
  },
  "check_in.edit": (draft, { check_in_id, value, note }, { by }) => {
    const checkIn = draft.live("check_in", check_in_id);
    if (checkIn?.created_by !== by || (value !== undefined && checkIn.value === null)) {
      return;
    }
    draft.edit("check_in", check_in_id, { value, note });
    const keyResult = shownIn(draft, checkIn);
    if (keyResult !== undefined) {
      draft.edit("key_result", keyResult.id, { current_value: value });
    }
  },
  "check_in.delete": (draft, { check_in_id }, { at }) => {
    const checkIn = draft.live("check_in", check_in_id);
    if (checkIn === undefined) {
      return;
    }
    draft.edit("check_in", check_in_id, { deleted_at: at });
    const keyResult = shownIn(draft, checkIn);
    if (keyResult !== undefined) {
      draft.edit("key_result", keyResult.id, { current_value: checkIn.previous_value, measured_by: null });
    }
  },
  "check_in.restore": (draft, { check_in_id }) => {
    const checkIn = draft.get("check_in", check_in_id);
    if (checkIn === undefined || checkIn.deleted_at === null || draft.live("goal", checkIn.goal_id) === undefined) {
      return;
    }
    if (checkIn.key_result_id !== null && draft.live("key_result", checkIn.key_result_id) === undefined) {
      return;
    }
    draft.edit("check_in", check_in_id, { deleted_at: null });
    takeOver(draft, checkIn);
  },
};
