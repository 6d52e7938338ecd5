import { useSyncExternalStore } from "react";

import type { Id } from "../../protocol/records";

/** Lists whose earlier tasks are unfolded: until the page is left, in both views. */
let unfolded: ReadonlySet<Id> = new Set();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const readUnfolded = (): ReadonlySet<Id> => unfolded;

export const useUnfolded = (): ReadonlySet<Id> => useSyncExternalStore(subscribe, readUnfolded);

export function toggleFold(listId: Id): void {
  const next = new Set(unfolded);
  if (!next.delete(listId)) next.add(listId);
  unfolded = next;
  listeners.forEach((listener) => listener());
}
