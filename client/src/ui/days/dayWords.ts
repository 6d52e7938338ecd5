import type { Day, Moment } from "../../protocol/records";
import { daysBetween } from "../../sync/calendar";

const format = (day: Day, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));

export const monthWords = (day: Day): string => format(day, { month: "long", year: "numeric" });

export const weekdayWords = (day: Day): string => format(day, { weekday: "long" });

export const shortWeekday = (day: Day): string => format(day, { weekday: "short" });

/** "Saturday, 22 November", for screen readers and headings. */
export const fullDay = (day: Day): string => format(day, { weekday: "long", day: "numeric", month: "long" });

const shortDate = (day: Day, today: Day): string =>
  format(day, { day: "numeric", month: "short", ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" }) });

/** The day as people say it: "Today", "Tomorrow", "Fri" within a week, else "12 Dec". */
export function dayWords(day: Day, today: Day): string {
  const distance = daysBetween(today, day);
  if (distance === 0) return "Today";
  if (distance === 1) return "Tomorrow";
  if (distance === -1) return "Yesterday";
  if (distance > 1 && distance < 7) return shortWeekday(day);
  return shortDate(day, today);
}

/** A day as a heading in a list of coming days: "Tomorrow · Sun 23 Nov". */
export function dayHeading(day: Day, today: Day): string {
  const date = format(day, { weekday: "short", day: "numeric", month: "short" });
  const distance = daysBetween(today, day);
  if (distance === 0) return `Today · ${date}`;
  if (distance === 1) return `Tomorrow · ${date}`;
  return date;
}

/** How long ago a moment was, in as few characters as possible: "now", "5 min", "3 h", "Yesterday", "12 Dec". */
export function agoWords(moment: Moment, now: Date): string {
  const then = new Date(moment);
  const minutes = Math.floor((now.getTime() - then.getTime()) / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h`;
  return dayWords(then.toISOString().slice(0, 10), now.toISOString().slice(0, 10));
}
