import { useCallback, useSyncExternalStore } from "react";

const queries = new Map<string, MediaQueryList>();

/** Asked once for all who ask: a board draws hundreds of parts that do. */
function listOf(query: string): MediaQueryList {
  const known = queries.get(query) ?? window.matchMedia(query);
  queries.set(query, known);
  return known;
}

/** Whether the window is as the query says, now and from now on. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = listOf(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => listOf(query).matches);
}
