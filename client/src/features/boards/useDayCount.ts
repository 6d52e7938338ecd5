import { useMemo } from "react";

import { useProfile } from "../../sync/hooks";
import { useToday } from "../../ui/days/calendarContext";
import type { DayCount } from "./shownTasks";

export function useDayCount(): DayCount {
  const today = useToday();
  const profile = useProfile();
  const timeZone = profile?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const dayStartHour = profile?.day_start_hour ?? 0;
  return useMemo(
    () => ({ today, time_zone: timeZone, day_start_hour: dayStartHour }),
    [today, timeZone, dayStartHour],
  );
}
