import type { GuessesOf } from "./guess";

export const boardGuesses: GuessesOf<"board.create" | "board.edit" | "board.delete" | "board.restore" | "profile.edit"> = {
  "board.create": (draft, { board_id, title }, { at, by, name, color }) => {
    if (draft.get("board", board_id) !== undefined) {
      return;
    }
    draft.put({ type: "board", id: board_id, kind: "shared", title, created_at: at, created_by: by, deleted_at: null });
    draft.put({ type: "member", id: by, name, color, role: "owner", joined_at: at });
  },
  "board.edit": (draft, { board_id, title }) => {
    draft.edit("board", board_id, { title });
  },
  "board.delete": (draft, { board_id }, { at }) => {
    if (draft.get("board", board_id)?.kind === "shared") {
      draft.edit("board", board_id, { deleted_at: at });
    }
  },
  "board.restore": (draft, { board_id }) => {
    draft.edit("board", board_id, { deleted_at: null });
  },
  "profile.edit": (draft, { type: _type, board_id, ...fields }, { by }) => {
    if (draft.get("profile", board_id) === undefined || board_id !== by) {
      return;
    }
    draft.edit("profile", board_id, fields);
    draft.edit("member", by, { name: fields.name, color: fields.color });
  },
};
