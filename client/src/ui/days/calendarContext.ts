import { createContext, useContext } from "react";

import type { Day, WeekStart } from "../../protocol/records";

/** The calendar a person lives by; given by the application from their profile, renewed when the day turns. */
export interface PersonalCalendar {
  today: Day;
  week_start: WeekStart;
}

export const CalendarContext = createContext<PersonalCalendar>({
  today: new Date().toISOString().slice(0, 10),
  week_start: "monday",
});

export const useCalendar = (): PersonalCalendar => useContext(CalendarContext);

export const useToday = (): Day => useContext(CalendarContext).today;
