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

/** The text that somebody wrote and that is nowhere else now; null: none. */
export function writtenIn(command: Command): string | null {
  const { text, notes, note, why } = command as Partial<Record<"text" | "notes" | "note" | "why", string>>;
  return [text, notes, note, why].find((written) => written !== undefined && written.trim() !== "") ?? null;
}

/** A refusal in two sentences: what was not done, by the name of what it was to be done to, and why. */
export function refusalWords({ command, name, code, message }: Notice, boardTitle: string | undefined): { what: string; why: string } {
  const [noun = "", verb = ""] = command.type.split(".");
  const what = `The ${NOUNS[noun] ?? noun}${name === "" ? "" : ` “${name}”`} was not ${VERBS[verb] ?? verb}.`;
  if (code === "forbidden") {
    return { what, why: `Your role on ${boardTitle ?? "this board"} does not allow it. Ask its owner for more.` };
  }
  if (code === "not_found") {
    return { what, why: "It is gone: somebody deleted it, or you no longer belong to the board." };
  }
  return { what, why: message };
}
