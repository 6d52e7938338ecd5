import { useMemo, type ReactNode } from "react";

import { useProfile } from "../../sync/hooks";
import { useToday } from "../../sync/today";
import { CalendarContext } from "../../ui/days/calendarContext";

/** Gives every screen the day its owner lives in; one clock for all. */
export function CalendarProvider({ children }: { children: ReactNode }) {
  const today = useToday();
  const weekStart = useProfile()?.week_start ?? "monday";
  const calendar = useMemo(() => ({ today, week_start: weekStart }), [today, weekStart]);
  return <CalendarContext value={calendar}>{children}</CalendarContext>;
}
