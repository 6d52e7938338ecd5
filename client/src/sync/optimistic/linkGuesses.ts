import type { GuessesOf } from "./guess";

export const linkGuesses: GuessesOf<"link.create" | "link.remove"> = {
  "link.create": (draft, { link_id, goal_id, task_id, key_result_id = null }) => {
    if (draft.get("link", link_id) !== undefined) {
      return;
    }
    if (draft.live("goal", goal_id) === undefined || draft.live("task", task_id) === undefined) {
      return;
    }
    if (key_result_id !== null && draft.live("key_result", key_result_id)?.goal_id !== goal_id) {
      return;
    }
    draft.put({ type: "link", id: link_id, goal_id, key_result_id, task_id });
  },
  "link.remove": (draft, { link_id }) => {
    draft.remove("link", link_id);
  },
};
