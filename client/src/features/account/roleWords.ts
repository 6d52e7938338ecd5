import type { Role } from "../../protocol/records";

/** What a role lets somebody do, to end the sentence "... asks you to join this board". */
export function roleWords(role: Role): string {
  switch (role) {
    case "viewer":
      return "to see what goes on";
    case "commenter":
      return "to see and comment";
    case "editor":
      return "to plan and do its tasks together";
    case "admin":
      return "to run it together";
    case "owner":
      return "as its owner";
  }
}
