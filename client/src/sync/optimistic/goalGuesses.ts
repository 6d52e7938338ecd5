import type { Goal } from "../../protocol/records";
import type { GuessesOf } from "./guess";

function endsBeforeItStarts({ starts_on, ends_on }: Pick<Goal, "starts_on" | "ends_on">): boolean {
  return starts_on !== null && ends_on !== null && ends_on < starts_on;
}

export const goalGuesses: GuessesOf<"goal.create" | "goal.edit" | "goal.move" | "goal.delete" | "goal.restore"> = {
  "goal.create": (draft, command, { at, by }) => {
    const ownerId = command.owner_id ?? null;
    if (draft.get("goal", command.goal_id) !== undefined) {
      return;
    }
    if (ownerId !== null && draft.get("member", ownerId) === undefined) {
      return;
    }
    const period = { starts_on: command.starts_on ?? null, ends_on: command.ends_on ?? null };
    if (endsBeforeItStarts(period)) {
      return;
    }
    draft.put({
      type: "goal",
      id: command.goal_id,
      title: command.title,
      why: command.why ?? "",
      position: command.position,
      owner_id: ownerId,
      ...period,
      created_at: at,
      created_by: by,
      health: null,
      health_on: null,
      state: "open",
      deleted_at: null,
    });
  },
  "goal.edit": (draft, { type: _type, board_id: _board, goal_id, ...fields }) => {
    const known = draft.live("goal", goal_id);
    const ownerId = fields.owner_id ?? null;
    if (known === undefined || (ownerId !== null && draft.get("member", ownerId) === undefined)) {
      return;
    }
    const { starts_on = known.starts_on, ends_on = known.ends_on } = fields;
    if (endsBeforeItStarts({ starts_on, ends_on })) {
      return;
    }
    draft.edit("goal", goal_id, fields);
  },
  "goal.move": (draft, { goal_id, position }) => {
    if (draft.live("goal", goal_id) !== undefined) {
      draft.edit("goal", goal_id, { position });
    }
  },
  "goal.delete": (draft, { goal_id }, { at }) => {
    if (draft.live("goal", goal_id) !== undefined) {
      draft.edit("goal", goal_id, { deleted_at: at });
    }
  },
  "goal.restore": (draft, { goal_id }) => {
    draft.edit("goal", goal_id, { deleted_at: null });
  },
};
