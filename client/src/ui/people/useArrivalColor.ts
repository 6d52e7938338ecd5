import { useCallback, useSyncExternalStore } from "react";

import type { Id, Member } from "../../protocol/records";
import { useArrival, useMember } from "../../sync/hooks";
import type { Arrival } from "../../sync/state";
import type { PersonColor } from "./personColor";

const SHOWN_MS = 2_000;

/** The colour of the other person who changed this record within the last two seconds; null otherwise. */
export function useArrivalColor(boardId: Id, recordId: Id): PersonColor | null {
  const arrival = useArrival(recordId);
  return useColorOf(arrival, useMember(boardId, arrival?.by ?? null));
}

/** The same of an arrival that is known already. */
export function useColorOf(arrival: Arrival | undefined, person: Member | undefined): PersonColor | null {
  const until = arrival === undefined ? 0 : arrival.at + SHOWN_MS;
  const subscribe = useCallback(
    (onEnd: () => void) => {
      const rest = until - Date.now();
      // Hundreds of cards have nothing to wait for.
      const timer = rest > 0 ? setTimeout(onEnd, rest) : undefined;
      return () => clearTimeout(timer);
    },
    [until],
  );
  const isFresh = useSyncExternalStore(subscribe, () => Date.now() < until);
  return isFresh ? (person?.color ?? null) : null;
}
