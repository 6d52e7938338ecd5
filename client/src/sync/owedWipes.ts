import type { Id } from "../protocol/records";
import { deleteDatabase } from "./database";

/** Which accounts have signed out here whose databases may not be gone yet: another tab can hold that up, also over a reload. */
const WIPE_KEY = "lockstep.wipe.";

export function oweWipe(accountId: Id): void {
  localStorage.setItem(WIPE_KEY + accountId, "yes");
}

export function isWipeOwed(accountId: Id): boolean {
  return localStorage.getItem(WIPE_KEY + accountId) !== null;
}

export function wiped(accountId: Id): void {
  localStorage.removeItem(WIPE_KEY + accountId);
}

/** As soon as no other tab has it open. If it fails, it is tried again at the next start. */
export function wipeOwed(accountId: Id): void {
  deleteDatabase(accountId).then(
    () => wiped(accountId),
    () => undefined,
  );
}

export function wipeAllOwed(): void {
  Object.keys(localStorage)
    .filter((key) => key.startsWith(WIPE_KEY))
    .forEach((key) => wipeOwed(key.slice(WIPE_KEY.length)));
}
