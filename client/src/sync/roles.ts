import type { Command } from "../protocol/commands";
import type { Role } from "../protocol/records";

const RANK: Record<Role, number> = { viewer: 0, commenter: 1, editor: 2, admin: 3, owner: 4 };

/** The least role that may, from the table in docs/protocol.md, where it is not editor. */
const LEAST: Partial<Record<Command["type"], Role>> = {
  "board.edit": "admin",
  "board.delete": "owner",
  "board.restore": "owner",
  "comment.create": "commenter",
  "comment.edit": "commenter",
  "comment.delete": "commenter",
  "comment.restore": "commenter",
  "invitation.create": "admin",
  "invitation.revoke": "admin",
  "member.edit": "admin",
  "member.remove": "viewer",
  "profile.edit": "owner",
};

/** For whoever is not on the board yet. */
const FOR_ANYONE: ReadonlySet<Command["type"]> = new Set(["board.create", "invitation.accept"]);

export function atLeast(role: Role, minimum: Role): boolean {
  return RANK[role] >= RANK[minimum];
}

/** Whether a role is enough to ask for this. The handler may know further reasons to refuse. */
export function mayCommand(role: Role | null, type: Command["type"]): boolean {
  if (FOR_ANYONE.has(type)) {
    return true;
  }
  return role !== null && atLeast(role, LEAST[type] ?? "editor");
}
