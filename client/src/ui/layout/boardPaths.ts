import type { Id } from "../../protocol/records";

/** The addresses of what belongs to a board, for features that lead to each other without knowing each other. */
export const boardPaths = {
  board: (boardId: Id) => `/boards/${boardId}`,
  trash: (boardId: Id) => `/boards/${boardId}/trash`,
  share: (boardId: Id) => `/boards/${boardId}/share`,
  goals: (boardId: Id) => `/boards/${boardId}/goals`,
  goal: (boardId: Id, goalId: Id) => `/boards/${boardId}/goals/${goalId}`,
};
