/** Whether a goal gets there in time. The twin of tracker/progress.py; tests/vectors/pace.json runs against both. */

import type { Day } from "../protocol/records";
import { addDays, daysBetween } from "./calendar";

export interface Pace {
  /** The share that would be done today on a straight line from the first day (0) to the last (1). */
  readonly expected: number;
  /** Whole days ahead of that line; negative: behind. */
  readonly days_ahead: number;
  /** The day on which it is done if it goes on as it has so far; null when nothing has moved or all is done. */
  readonly forecast_on: Day | null;
}

/** Null without a period. */
export function pace(period: { starts_on: Day | null; ends_on: Day | null }, progress: number, today: Day): Pace | null {
  const { starts_on, ends_on } = period;
  if (starts_on === null || ends_on === null || ends_on < starts_on) {
    return null;
  }
  const total = daysBetween(starts_on, ends_on);
  const elapsed = daysBetween(starts_on, today);
  const expected = total === 0 ? Number(elapsed >= 0) : Math.min(1, Math.max(0, elapsed / total));
  const isMoving = progress > 0 && progress < 1 && elapsed > 0;
  return {
    expected,
    days_ahead: roundHalfUp((progress - expected) * total),
    forecast_on: isMoving ? addDays(starts_on, Math.ceil(elapsed / progress - ROUNDING)) : null,
  };
}

/** What every day from today to the last one must bring, in the key result's unit; null when no day is left. */
export function neededPerDay(targetValue: number, current: number, endsOn: Day | null, today: Day): number | null {
  if (endsOn === null || today > endsOn) {
    return null;
  }
  return (targetValue - current) / (daysBetween(today, endsOn) + 1);
}

/** Binary fractions: 3 / 0.3 is a little over 10 and must still be 10 days. */
const ROUNDING = 1e-9;

function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5 + ROUNDING);
}
