import type { Command } from "../../protocol/commands";
import type { Id, Moment } from "../../protocol/records";
import { mayCommand } from "../roles";
import { boardGuesses } from "./boardGuesses";
import { checkInGuesses } from "./checkInGuesses";
import { commentGuesses } from "./commentGuesses";
import type { Draft } from "./draft";
import { goalGuesses } from "./goalGuesses";
import { invitationGuesses } from "./invitationGuesses";
import { keyResultGuesses } from "./keyResultGuesses";
import { linkGuesses } from "./linkGuesses";
import { listGuesses } from "./listGuesses";
import { memberGuesses } from "./memberGuesses";
import { taskGuesses } from "./taskGuesses";

/** What a handler is given beside the command: who asks, when, and how they are called. */
export interface GuessContext {
  readonly at: Moment;
  readonly by: Id;
  readonly name: string;
  readonly color: number;
}

/**
 * What the server's handler of the same command will do, guessed: edits the draft, or leaves it alone where the server
 * would refuse. Both run tests/vectors/*.json.
 */
export type Guess<Type extends Command["type"]> = (
  draft: Draft,
  command: Extract<Command, { type: Type }>,
  context: GuessContext,
) => void;

export type GuessesOf<Types extends Command["type"]> = { readonly [Type in Types]: Guess<Type> };

const GUESSES: GuessesOf<Command["type"]> = {
  ...boardGuesses,
  ...listGuesses,
  ...taskGuesses,
  ...goalGuesses,
  ...keyResultGuesses,
  ...checkInGuesses,
  ...linkGuesses,
  ...commentGuesses,
  ...memberGuesses,
  ...invitationGuesses,
  "invitation.accept": () => {
    // Only the server knows whether the token is right, and what is on the board.
  },
};

export function guess(draft: Draft, command: Command, context: GuessContext): void {
  if (command.type !== "board.create" && !isAllowed(draft, command, context)) {
    return;
  }
  // The table is complete by its type; TypeScript can't see that key and argument are of the same command.
  (GUESSES[command.type] as Guess<Command["type"]>)(draft, command, context);
}

function isAllowed(draft: Draft, command: Command, context: GuessContext): boolean {
  const board = draft.get("board", command.board_id);
  const role = draft.get("member", context.by)?.role ?? null;
  if (board === undefined || role === null || !mayCommand(role, command.type)) {
    return false;
  }
  return board.deleted_at === null || command.type === "board.restore";
}
