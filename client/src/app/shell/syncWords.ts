import type { SyncStatus } from "../../sync/syncStatus";

const changes = (count: number): string => (count === 1 ? "1 change" : `${count} changes`);

/** Said as long as the browser refuses to store anything, or has no room for it. */
export const UNKEPT_WORDS = "This browser stores nothing: changes made offline will not survive a reload.";

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
