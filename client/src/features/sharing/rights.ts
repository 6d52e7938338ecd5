/** Who may do what to a member, as docs/protocol.md says: nobody gives or takes a role above their own, one owner stays. */

import type { Id, Member, Role } from "../../protocol/records";
import { atLeast } from "../../sync/roles";
import { ROLES } from "./roleWords";

type Known = Pick<Member, "id" | "role">;

function isLastOwner(member: Known, members: readonly Known[]): boolean {
  return member.role === "owner" && !members.some(({ id, role }) => role === "owner" && id !== member.id);
}

/** The roles that I may give to this member, the present one among them; none where I may not change it. */
export function rolesToGive(myRole: Role | null, member: Known, members: readonly Known[]): readonly Role[] {
  if (myRole === null || !atLeast(myRole, "admin") || !atLeast(myRole, member.role)) return [];
  return isLastOwner(member, members) ? [] : ROLES.filter((role) => atLeast(myRole, role));
}

export function mayRemove(myRole: Role | null, myId: Id, member: Known, members: readonly Known[]): boolean {
  if (myRole === null || isLastOwner(member, members)) return false;
  return member.id === myId || (atLeast(myRole, "admin") && atLeast(myRole, member.role));
}

/** The roles that an invitation of mine may carry: up to admin, never above my own. */
export function rolesToInvite(myRole: Role | null): readonly Role[] {
  if (myRole === null || !atLeast(myRole, "admin")) return [];
  return ROLES.filter((role) => role !== "owner");
}
