import type { RootState } from "./state";

/** One honest line about where my changes are. */
export type SyncStatus =
  | { readonly kind: "saved" }
  | { readonly kind: "saving"; readonly waiting: number }
  | { readonly kind: "offline"; readonly waiting: number }
  | { readonly kind: "reconnecting"; readonly waiting: number };

export function selectWaiting(state: RootState): number {
  let waiting = 0;
  for (const replica of Object.values(state.sync.replicas)) {
    waiting += replica.pending.length;
  }
  return waiting;
}

export function selectSyncStatus(state: RootState): SyncStatus {
  const waiting = selectWaiting(state);
  switch (state.sync.connection.kind) {
    case "live":
      return waiting === 0 ? { kind: "saved" } : { kind: "saving", waiting };
    case "offline":
    case "stopped":
      return { kind: "offline", waiting };
    case "connecting":
    case "handshaking":
    case "waiting":
      return { kind: "reconnecting", waiting };
  }
}
