import type { Day, Moment } from "../../protocol/records";
import { daysBetween } from "../../sync/calendar";

/** How long an invitation still works. */
export function expiryWords(expiresAt: Moment, today: Day): string {
  const days = daysBetween(today, expiresAt.slice(0, 10));
  if (days < 0) return "Expired";
  if (days === 0) return "Works until today";
  return days === 1 ? "Works until tomorrow" : `Works for ${days} more days`;
}
