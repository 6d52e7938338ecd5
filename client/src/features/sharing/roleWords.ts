import type { Role } from "../../protocol/records";

/** From the least to the most. */
export const ROLES: readonly Role[] = ["viewer", "commenter", "editor", "admin", "owner"];

export const roleNames: Record<Role, string> = {
  viewer: "Viewer",
  commenter: "Commenter",
  editor: "Editor",
  admin: "Admin",
  owner: "Owner",
};

/** What a role may do, each with all that the lesser ones may. */
export const rolePowers: Record<Role, string> = {
  viewer: "Sees everything here",
  commenter: "Writes comments",
  editor: "Changes tasks and goals, checks in",
  admin: "Invites and removes people",
  owner: "Deletes the board",
};
