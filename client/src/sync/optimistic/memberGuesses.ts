import type { Id, Role } from "../../protocol/records";
import { atLeast } from "../roles";
import type { Draft } from "./draft";
import type { GuessesOf } from "./guess";

/** Nobody gives or takes a role above their own. */
function mayHandle(draft: Draft, by: Id, role: Role): boolean {
  const own = draft.get("member", by)?.role;
  return own !== undefined && atLeast(own, role);
}

export const memberGuesses: GuessesOf<"member.edit" | "member.remove" | "invitation.revoke"> = {
  "member.edit": (draft, { member_id, role }, { by }) => {
    const member = draft.get("member", member_id);
    if (member !== undefined && mayHandle(draft, by, member.role) && mayHandle(draft, by, role)) {
      draft.edit("member", member_id, { role });
    }
  },
  "member.remove": (draft, { member_id }, { by }) => {
    const member = draft.get("member", member_id);
    if (member === undefined || member.role === "owner" || member_id === by) {
      return;
    }
    if (mayHandle(draft, by, "admin") && mayHandle(draft, by, member.role)) {
      draft.remove("member", member_id);
    }
  },
  "invitation.revoke": (draft, { invitation_id }) => {
    draft.remove("invitation", invitation_id);
  },
};
