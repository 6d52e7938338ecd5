import { v7 } from "uuid";

import type { Id } from "../protocol/records";

/** A new id for a record or a command: UUID version 7, which rises with time. */
export function newId(): Id {
  return v7();
}

/** A secret for an invitation's link: 192 random bits in base64url. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}
