import type { SyncStatus } from "../../sync/syncStatus";

const changes = (count: number): string => (count === 1 ? "1 change" : `${count} changes`);

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
