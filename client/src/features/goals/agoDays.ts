import type { Day } from "../../protocol/records";
import { daysBetween } from "../../sync/calendar";

/** "today", "yesterday", "12 days ago". */
export function agoDays(day: Day, today: Day): string {
  const count = daysBetween(day, today);
  if (count <= 0) return "today";
  return count === 1 ? "yesterday" : `${count} days ago`;
}
