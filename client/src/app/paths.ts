import type { Id } from "../protocol/records";

/** Every address of the application. */
export const paths = {
  today: "/today",
  goals: "/goals",
  boards: "/boards",
  board: (boardId: Id) => `/boards/${boardId}`,
  settings: "/settings",
  signIn: "/sign-in",
  signUp: "/sign-up",
};
