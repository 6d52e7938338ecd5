import type { GuessesOf } from "./guess";

export const listGuesses: GuessesOf<"list.create" | "list.edit" | "list.move" | "list.delete" | "list.restore"> = {
  "list.create": (draft, { list_id, title, position }, { at }) => {
    if (draft.get("list", list_id) === undefined) {
      draft.put({ type: "list", id: list_id, title, position, created_at: at, deleted_at: null });
    }
  },
  "list.edit": (draft, { list_id, title }) => {
    if (draft.live("list", list_id) !== undefined) {
      draft.edit("list", list_id, { title });
    }
  },
  "list.move": (draft, { list_id, position }) => {
    if (draft.live("list", list_id) !== undefined) {
      draft.edit("list", list_id, { position });
    }
  },
  "list.delete": (draft, { list_id }, { at }) => {
    if (draft.live("list", list_id) !== undefined) {
      draft.edit("list", list_id, { deleted_at: at });
    }
  },
  "list.restore": (draft, { list_id }) => {
    draft.edit("list", list_id, { deleted_at: null });
  },
};
