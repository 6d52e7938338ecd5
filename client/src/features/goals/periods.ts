/** The periods that people give to goals. */

import type { Day, WeekStart } from "../../protocol/records";
import { addDays, daysBetween } from "../../sync/calendar";
import { addMonths, monthGrid } from "../../ui/days/months";

export type PeriodName = "week" | "month" | "quarter" | "year" | "none";

export interface Period {
  readonly starts_on: Day | null;
  readonly ends_on: Day | null;
}

export const periodNames: Record<PeriodName, string> = {
  week: "This week",
  month: "This month",
  quarter: "This quarter",
  year: "This year",
  none: "No end",
};

/** A period that began before today begins today: nobody is behind on the first day. */
export function periodOf(name: PeriodName, today: Day, weekStart: WeekStart): Period {
  switch (name) {
    case "week": {
      const week = monthGrid(today, weekStart).find((days) => days.includes(today));
      return { starts_on: today, ends_on: week?.at(-1) ?? addDays(today, 6) };
    }
    case "month":
      return { starts_on: today, ends_on: addDays(addMonths(`${today.slice(0, 8)}01`, 1), -1) };
    case "quarter": {
      const month = Number(today.slice(5, 7));
      const first = `${today.slice(0, 4)}-${String(Math.floor((month - 1) / 3) * 3 + 1).padStart(2, "0")}-01`;
      return { starts_on: today, ends_on: addDays(addMonths(first, 3), -1) };
    }
    case "year":
      return { starts_on: today, ends_on: `${today.slice(0, 4)}-12-31` };
    case "none":
      return { starts_on: null, ends_on: null };
  }
}

/** Periods that still have some days to live in: at the end of a month "this month" says nothing. */
export function offeredPeriods(today: Day, weekStart: WeekStart): PeriodName[] {
  const names: PeriodName[] = ["week", "month", "quarter", "year", "none"];
  return names.filter((name) => {
    const { ends_on } = periodOf(name, today, weekStart);
    return ends_on === null || daysBetween(today, ends_on) >= 2;
  });
}
