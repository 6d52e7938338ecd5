import type { StorageState } from "../../sync/state";
import type { SyncStatus } from "../../sync/syncStatus";

const changes = (count: number): string => (count === 1 ? "1 change" : `${count} changes`);

/** Said as long as nothing is stored: the browser refuses or has no room, or another tab is in the way. */
export const UNKEPT_WORDS: Readonly<Record<Exclude<StorageState, "kept">, string>> = {
  failed: "This browser stores nothing: changes made offline will not survive a reload.",
  blocked: "Another tab with Lockstep is in the way: close it, or changes made offline will not survive a reload.",
};

export function syncWords(status: SyncStatus): string {
  switch (status.kind) {
    case "saved":
      return "Saved";
    case "saving":
      return "Saving…";
    case "offline":
      return status.waiting === 0 ? "Offline" : `Offline, ${changes(status.waiting)} waiting`;
    case "reconnecting":
      return status.waiting === 0 ? "Reconnecting…" : `Reconnecting, ${changes(status.waiting)} waiting`;
  }
}
