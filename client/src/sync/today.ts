import { useSyncExternalStore } from "react";
import { useSelector } from "react-redux";

import type { Day, Profile } from "../protocol/records";
import { dayAt } from "./calendar";
import { selectAccountId, selectRecords } from "./selectors";
import type { RootState } from "./state";

const CHECK_MS = 15_000;

export function selectProfile(state: RootState): Profile | null {
  const accountId = selectAccountId(state);
  return accountId === null ? null : (selectRecords(state, accountId).profile[accountId] ?? null);
}

function onTick(listener: () => void): () => void {
  const timer = setInterval(listener, CHECK_MS);
  document.addEventListener("visibilitychange", listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", listener);
  };
}

/** The day I live in now, in my time zone and with my start of day; redraws when it turns. */
export function useToday(): Day {
  const profile = useSelector(selectProfile);
  const timeZone = profile?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const dayStartHour = profile?.day_start_hour ?? 0;
  return useSyncExternalStore(onTick, () => dayAt(new Date(), timeZone, dayStartHour));
}
