/** The calendar that people look at: months, weekdays, grids. Days are counted on UTC midnights, so no zone can move them. */

import type { Day, WeekStart } from "../../protocol/records";
import { addDays } from "../../sync/calendar";

const WEEK_START_INDEX: Record<WeekStart, number> = { sunday: 0, monday: 1, saturday: 6 };

const utc = (day: Day): Date => new Date(`${day}T00:00:00Z`);

const toDay = (date: Date): Day => date.toISOString().slice(0, 10);

/** The day of a year, month (1-12) and date; null if there is no such day. */
export function dayOf(year: number, month: number, date: number): Day | null {
  const value = new Date(Date.UTC(year, month - 1, date));
  const exists = value.getUTCMonth() === month - 1 && value.getUTCDate() === date;
  return exists ? toDay(value) : null;
}

/** Adds calendar months; a day that the month does not have becomes its last one (31 Jan + 1 = 28 Feb). */
export function addMonths(day: Day, count: number): Day {
  const from = utc(day);
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + count, 1));
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(from.getUTCDate(), length));
  return toDay(first);
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: Day): number {
  return utc(day).getUTCDay();
}

/** The weeks (rows of seven days) that show the month of `day`, with days of its neighbours to fill them. */
export function monthGrid(day: Day, weekStart: WeekStart): Day[][] {
  const first = `${day.slice(0, 8)}01`;
  const lead = (weekdayOf(first) - WEEK_START_INDEX[weekStart] + 7) % 7;
  const start = addDays(first, -lead);
  const afterMonth = addMonths(first, 1);
  const weeks: Day[][] = [];
  for (let head = start; head < afterMonth; head = addDays(head, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(head, index)));
  }
  return weeks;
}
