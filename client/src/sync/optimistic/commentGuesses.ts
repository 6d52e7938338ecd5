import type { Comment } from "../../protocol/records";
import { atLeast } from "../roles";
import type { Draft } from "./draft";
import type { GuessContext, GuessesOf } from "./guess";

function isParentLive(draft: Draft, { task_id, goal_id }: Pick<Comment, "task_id" | "goal_id">): boolean {
  if (task_id !== null) {
    return goal_id === null && draft.live("task", task_id) !== undefined;
  }
  return goal_id !== null && draft.live("goal", goal_id) !== undefined;
}

function mayTakeAway(draft: Draft, comment: Comment, { by }: GuessContext): boolean {
  const role = draft.get("member", by)?.role;
  return comment.created_by === by || (role !== undefined && atLeast(role, "admin"));
}

type CommentCommand = "comment.create" | "comment.edit" | "comment.delete" | "comment.restore";

export const commentGuesses: GuessesOf<CommentCommand> = {
  "comment.create": (draft, { comment_id, text, task_id = null, goal_id = null }, { at, by }) => {
    if (draft.get("comment", comment_id) !== undefined || !isParentLive(draft, { task_id, goal_id })) {
      return;
    }
    draft.put({
      type: "comment",
      id: comment_id,
      task_id,
      goal_id,
      text,
      created_at: at,
      created_by: by,
      edited_at: null,
      deleted_at: null,
    });
  },
  "comment.edit": (draft, { comment_id, text }, { at, by }) => {
    if (draft.live("comment", comment_id)?.created_by === by) {
      draft.edit("comment", comment_id, { text, edited_at: at });
    }
  },
  "comment.delete": (draft, { comment_id }, context) => {
    const comment = draft.live("comment", comment_id);
    if (comment !== undefined && mayTakeAway(draft, comment, context)) {
      draft.edit("comment", comment_id, { deleted_at: context.at });
    }
  },
  "comment.restore": (draft, { comment_id }, context) => {
    const comment = draft.get("comment", comment_id);
    if (comment !== undefined && mayTakeAway(draft, comment, context) && isParentLive(draft, comment)) {
      draft.edit("comment", comment_id, { deleted_at: null });
    }
  },
};
