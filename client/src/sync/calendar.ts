/** Days without a clock time. They are counted, never turned into somebody's instant. */

import type { Day } from "../protocol/records";

const DAY_MS = 86_400_000;

function toCount(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

export function addDays(day: Day, days: number): Day {
  return new Date((toCount(day) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** How many days `to` is after `from`. */
export function daysBetween(from: Day, to: Day): number {
  return toCount(to) - toCount(from);
}

/** The day somebody lives in at an instant: it begins at their own hour, by the clock on their wall. */
export function dayAt(instant: Date, timeZone: string, dayStartHour: number): Day {
  const parts = new Map(
    wallClock(timeZone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  const date = `${parts.get("year") ?? ""}-${parts.get("month") ?? ""}-${parts.get("day") ?? ""}`;
  return Number(parts.get("hour")) < dayStartHour ? addDays(date, -1) : date;
}

const wallClocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(timeZone: string): Intl.DateTimeFormat {
  let clock = wallClocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("en-CA", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
    });
    wallClocks.set(timeZone, clock);
  }
  return clock;
}
