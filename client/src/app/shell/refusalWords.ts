import type { Command } from "../../protocol/commands";
import type { Notice } from "../../sync/state";

const NOUNS: Record<string, string> = {
  board: "board",
  list: "list",
  task: "task",
  goal: "goal",
  key_result: "key result",
  check_in: "check-in",
  link: "link",
  comment: "comment",
  invitation: "invitation",
  member: "member",
  profile: "profile",
};

const VERBS: Record<string, string> = {
  create: "added",
  edit: "changed",
  move: "moved",
  complete: "completed",
  reopen: "reopened",
  delete: "deleted",
  restore: "restored",
  assign: "assigned",
  unassign: "unassigned",
  remove: "removed",
  revoke: "revoked",
  accept: "accepted",
};

function whatWords(command: Command): string {
  const [noun = "", verb = ""] = command.type.split(".");
  const name = "title" in command ? ` “${command.title}”` : "";
  return `The ${NOUNS[noun] ?? noun}${name} was not ${VERBS[verb] ?? verb}.`;
}

/** A refusal in two sentences: what was not done, and why. */
export function refusalWords(refusal: Notice, boardTitle: string | undefined): { what: string; why: string } {
  const what = whatWords(refusal.command);
  if (refusal.code === "forbidden") {
    return { what, why: `Your role on ${boardTitle ?? "this board"} does not allow it. Ask its owner for more.` };
  }
  if (refusal.code === "not_found") {
    return { what, why: "It is gone: somebody deleted it, or you no longer belong to the board." };
  }
  return { what, why: refusal.message };
}
