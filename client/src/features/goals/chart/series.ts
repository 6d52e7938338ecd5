/** What a chart draws: one value per day, from what people checked in and from the tasks they did. */

import type { CheckIn, Day, KeyResult } from "../../../protocol/records";
import { keyResultProgress } from "../../../sync/progress";

export interface Point {
  readonly day: Day;
  readonly value: number;
}

/** One point per day: the last one said of it. `points` come in the order in which they were made. */
function oneADay(points: readonly Point[]): Point[] {
  const byDay = new Map(points.map((point) => [point.day, point]));
  return [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Begins the series at its start value, and ends it with what is so now, if the days allow. */
function bounded(points: readonly Point[], start: Point, now: Point): Point[] {
  const [first] = points;
  const from = first === undefined || start.day < first.day ? [start, ...points] : [...points];
  const last = from.at(-1);
  return last !== undefined && last.day < now.day ? [...from, now] : from;
}

export interface SeriesInput {
  readonly keyResult: KeyResult;
  /** Of this key result, oldest first. */
  readonly checkIns: readonly Pick<CheckIn, "for_day" | "value">[];
  /** The days on which its linked tasks were done, in any order. */
  readonly doneDays: readonly Day[];
  readonly starts_on: Day;
  readonly today: Day;
  /** What it shows now. */
  readonly current: number;
}

/** The values of a key result, oldest first. */
export function valueSeries({ keyResult, checkIns, doneDays, starts_on, today, current }: SeriesInput): Point[] {
  const points =
    keyResult.source === "task_count"
      ? [...doneDays].sort().map((day, index) => ({ day, value: keyResult.start_value + index + 1 }))
      : checkIns.flatMap(({ for_day, value }) => (value === null ? [] : [{ day: for_day, value }]));
  const start = { day: starts_on, value: keyResult.start_value };
  return bounded(oneADay(points), start, { day: today, value: current });
}

/** The last value at or before a day; the first one before any. */
export function valueOn(series: readonly Point[], day: Day): number {
  let value = series[0]?.value ?? 0;
  for (const point of series) {
    if (point.day > day) break;
    value = point.value;
  }
  return value;
}

/** The mean progress of several key results, on each day on which one of them moved. */
export function progressSeries(
  all: readonly { keyResult: Pick<KeyResult, "start_value" | "target_value">; series: readonly Point[] }[],
): Point[] {
  if (all.length === 0) return [];
  const days = [...new Set(all.flatMap(({ series }) => series.map(({ day }) => day)))].sort();
  return days.map((day) => {
    const sum = all.reduce((total, { keyResult, series }) => total + keyResultProgress(keyResult, valueOn(series, day)), 0);
    return { day, value: sum / all.length };
  });
}
