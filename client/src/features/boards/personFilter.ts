import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

import { EVERYONE, type PersonFilter } from "./shownTasks";

const PARAMETER = "for";
const NOBODY = "nobody";

/** Whose tasks are shown is part of the address, so that a filtered board can be sent to somebody. */
export function usePersonFilter(): [PersonFilter, (filter: PersonFilter) => void] {
  const [search, setSearch] = useSearchParams();
  const chosen = search.get(PARAMETER);
  const filter = useMemo<PersonFilter>(
    () => (chosen === null ? EVERYONE : chosen === NOBODY ? { kind: "nobody" } : { kind: "person", id: chosen }),
    [chosen],
  );
  const choose = useCallback(
    (next: PersonFilter) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          if (next.kind === "everyone") after.delete(PARAMETER);
          else after.set(PARAMETER, next.kind === "nobody" ? NOBODY : next.id);
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setSearch],
  );
  return [filter, choose];
}
