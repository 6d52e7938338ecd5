import { useCallback, useSyncExternalStore } from "react";

import type { Id } from "../../protocol/records";
import { useArrival, useMember } from "../../sync/hooks";
import type { PersonColor } from "./personColor";

const SHOWN_MS = 2_000;

/** The colour of the other person who changed this record within the last two seconds; null otherwise. */
export function useArrivalColor(boardId: Id, recordId: Id): PersonColor | null {
  const arrival = useArrival(recordId);
  const person = useMember(boardId, arrival?.by ?? null);
  const until = arrival === undefined ? 0 : arrival.at + SHOWN_MS;
  const subscribe = useCallback(
    (onEnd: () => void) => {
      const timer = setTimeout(onEnd, Math.max(0, until - Date.now()));
      return () => clearTimeout(timer);
    },
    [until],
  );
  const isFresh = useSyncExternalStore(subscribe, () => Date.now() < until);
  return isFresh ? (person?.color ?? null) : null;
}
