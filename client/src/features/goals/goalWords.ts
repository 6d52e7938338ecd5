/** What is said about goals: amounts, how far, how that compares with the plan. */

import type { Day, Goal, GoalState, Health, KeyResult } from "../../protocol/records";
import { daysBetween } from "../../sync/calendar";
import { pace } from "../../sync/pace";
import { dayWords } from "../../ui/days/dayWords";
import type { Tone } from "../../ui/progress/ProgressRing";

const figures = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

/** Thousands stand apart by a thin space, so that comma and point both can only mean a fraction. */
export const numberWords = (value: number): string =>
  figures.format(value).replaceAll(",", "\u202f").replace("-", "\u2212");

export const amountWords = (value: number, unit: string): string =>
  unit === "" ? numberWords(value) : `${numberWords(value)}\u00a0${unit}`;

export const percentWords = (share: number): string => `${Math.round(share * 100)}\u00a0%`;

/** "12 of 20 kg"; towards a lower target "82.8 → 80 kg". */
export function measureWords(keyResult: Pick<KeyResult, "start_value" | "target_value" | "unit">, current: number): string {
  const target = amountWords(keyResult.target_value, keyResult.unit);
  const isFalling = keyResult.target_value < keyResult.start_value;
  return isFalling ? `${numberWords(current)} → ${target}` : `${numberWords(current)} of ${target}`;
}

const days = (count: number): string => (count === 1 ? "1 day" : `${count} days`);

type Period = Pick<Goal, "starts_on" | "ends_on">;

/** "3 days ahead"; empty where nothing can be said. */
export function paceWords(period: Period, progress: number | null, today: Day): string {
  if (progress === null || period.starts_on === null || period.ends_on === null) return "";
  if (progress >= 1) return "done";
  if (today < period.starts_on) return `starts in ${days(daysBetween(today, period.starts_on))}`;
  if (today > period.ends_on) return `ended ${days(daysBetween(period.ends_on, today))} ago`;
  const ahead = pace(period, progress, today)?.days_ahead ?? 0;
  if (ahead === 0) return "on pace";
  return ahead > 0 ? `${days(ahead)} ahead` : `${days(-ahead)} behind`;
}

/** "12 Nov – 31 Dec, 39 days left". */
export function periodWords({ starts_on, ends_on }: Period, today: Day): string {
  if (starts_on === null && ends_on === null) return "No period";
  if (ends_on === null) return `From ${dayWords(starts_on ?? today, today)}`;
  const left = daysBetween(today, ends_on);
  const rest = left < 0 ? "over" : left === 0 ? "last day" : `${days(left)} left`;
  const from = starts_on === null ? "Until " : `${dayWords(starts_on, today)} – `;
  return `${from}${dayWords(ends_on, today)}, ${rest}`;
}

export const HEALTHS: readonly Health[] = ["on_track", "at_risk", "off_track"];

export const healthWords: Record<Health, string> = { on_track: "On track", at_risk: "At risk", off_track: "Off track" };

export const stateWords: Record<GoalState, string> = {
  open: "Open",
  achieved: "Achieved",
  partial: "Partly achieved",
  missed: "Missed",
  dropped: "Dropped",
};

/** The colour of a goal follows what people said of it; the word stands beside it. */
export function goalTone({ state, health }: Pick<Goal, "state" | "health">): Tone {
  if (state === "achieved") return "good";
  if (state !== "open") return "quiet";
  switch (health) {
    case "on_track":
      return "good";
    case "at_risk":
      return "warn";
    case "off_track":
      return "bad";
    case null:
      return "accent";
  }
}
