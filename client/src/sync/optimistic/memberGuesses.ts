import type { Id, Member, Role } from "../../protocol/records";
import { atLeast } from "../roles";
import type { Draft } from "./draft";
import type { GuessesOf } from "./guess";

/** Nobody gives or takes a role above their own. */
function mayHandle(draft: Draft, by: Id, role: Role): boolean {
  const own = draft.get("member", by)?.role;
  return own !== undefined && atLeast(own, role);
}

function isLastOwner(draft: Draft, member: Member): boolean {
  const owners = draft.every("member").filter(({ role }) => role === "owner");
  return member.role === "owner" && owners.length === 1;
}

export const memberGuesses: GuessesOf<"member.edit" | "member.remove"> = {
  "member.edit": (draft, { member_id, role }, { by }) => {
    const member = draft.get("member", member_id);
    if (member === undefined || !mayHandle(draft, by, member.role) || !mayHandle(draft, by, role)) {
      return;
    }
    if (role === "owner" || !isLastOwner(draft, member)) {
      draft.edit("member", member_id, { role });
    }
  },
  "member.remove": (draft, { board_id, member_id }, { by }) => {
    const member = draft.get("member", member_id);
    if (member === undefined || isLastOwner(draft, member) || draft.get("board", board_id)?.kind === "personal") {
      return;
    }
    if (member_id === by || (mayHandle(draft, by, "admin") && mayHandle(draft, by, member.role))) {
      draft.remove("member", member_id);
    }
  },
};
