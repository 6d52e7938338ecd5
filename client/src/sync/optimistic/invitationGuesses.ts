import { atLeast } from "../roles";
import type { GuessesOf } from "./guess";

/** How long an invitation holds. */
const VALID_FOR_MS = 14 * 86_400_000;

export const invitationGuesses: GuessesOf<"invitation.create" | "invitation.revoke"> = {
  "invitation.create": (draft, { board_id, invitation_id, role, email = null }, { at, by }) => {
    const own = draft.get("member", by)?.role;
    if (draft.get("board", board_id)?.kind === "personal" || draft.get("invitation", invitation_id) !== undefined) {
      return;
    }
    if (role === "owner" || own === undefined || !atLeast(own, role)) {
      return;
    }
    draft.put({
      type: "invitation",
      id: invitation_id,
      role,
      email,
      created_at: at,
      created_by: by,
      expires_at: new Date(Date.parse(at) + VALID_FOR_MS).toISOString(),
      accepted_at: null,
      accepted_by: null,
    });
  },
  "invitation.revoke": (draft, { invitation_id }) => {
    draft.remove("invitation", invitation_id);
  },
};
