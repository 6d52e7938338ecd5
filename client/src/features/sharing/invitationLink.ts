import type { Id } from "../../protocol/records";

/** What stands behind `#` never reaches a server, so no log can keep the secret. */
export function invitationLink(boardId: Id, invitationId: Id, token: string): string {
  return `${window.location.origin}/join/${boardId}/${invitationId}#${token}`;
}

/** The server's own rule: something, an at sign, something. */
export function isAddress(text: string): boolean {
  return /^[^@\s]+@[^@\s]+$/.test(text);
}
