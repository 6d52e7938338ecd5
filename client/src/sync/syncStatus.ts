import type { RootState } from "./state";

/** One honest line about where my changes are. */
export type SyncStatus =
  | { readonly kind: "saved" }
  | { readonly kind: "saving"; readonly waiting: number }
  | { readonly kind: "offline"; readonly waiting: number }
  | { readonly kind: "reconnecting"; readonly waiting: number };

/** How many commands the server has not decided yet. What it has done is saved, also while its change is on the way. */
export function selectWaiting(state: RootState): number {
  let waiting = 0;
  for (const { pending } of Object.values(state.sync.replicas)) {
    waiting += pending.filter(({ done_at_seq }) => done_at_seq === null).length;
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
