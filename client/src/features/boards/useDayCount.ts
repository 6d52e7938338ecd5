import { weakMapMemoize } from "@reduxjs/toolkit";

import type { Day } from "../../protocol/records";
import { useProfile } from "../../sync/hooks";
import { useToday } from "../../ui/days/calendarContext";
import type { DayCount } from "./shownTasks";

/** The same for all who ask, so that what is computed by it is computed once. */
const dayCountOf = weakMapMemoize((today: Day, time_zone: string, day_start_hour: number): DayCount => ({ today, time_zone, day_start_hour }));

export function useDayCount(): DayCount {
  const today = useToday();
  const profile = useProfile();
  const timeZone = profile?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const dayStartHour = profile?.day_start_hour ?? 0;
  return dayCountOf(today, timeZone, dayStartHour);
}
