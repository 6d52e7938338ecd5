/** From days and values to places on the paper. */

import type { Day } from "../../../protocol/records";
import { addDays, daysBetween } from "../../../sync/calendar";
import type { Point } from "./series";

export type Scale = (value: number) => number;

export function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const span = to - from;
  return (value) => (span === 0 ? (start + end) / 2 : start + ((value - from) / span) * (end - start));
}

/** Round numbers that cover a range, about as many as asked for. */
export function ticks(low: number, high: number, about: number): number[] {
  if (low === high) return [low];
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** At most so many days, evenly spread from the first to the last. */
export function dayTicks(first: Day, last: Day, most: number): Day[] {
  const span = daysBetween(first, last);
  const count = Math.max(1, Math.min(most - 1, span));
  return [...new Set(Array.from({ length: count + 1 }, (_, index) => addDays(first, Math.round((span * index) / count))))];
}

export interface ChartInput {
  readonly series: readonly Point[];
  readonly start_value: number;
  readonly target_value: number;
  readonly starts_on: Day | null;
  readonly ends_on: Day | null;
  readonly forecast_on: Day | null;
  readonly today: Day;
}

/** How far beyond its end the forecast may stretch the paper, as a share of the period. */
const LONGEST_STRETCH = 0.25;

/** The days that the paper covers. A forecast far beyond the end leaves it at its edge. */
export function dayDomain({ series, starts_on, ends_on, forecast_on, today }: ChartInput): readonly [Day, Day] {
  const firsts = [starts_on, series[0]?.day].filter((day) => day !== null && day !== undefined);
  const first = firsts.sort()[0] ?? today;
  const last = [ends_on, series.at(-1)?.day, today].filter((day) => day !== null && day !== undefined).sort().at(-1) ?? today;
  if (forecast_on === null || forecast_on <= last) return [first, last > first ? last : addDays(first, 1)];
  const stretch = Math.ceil(daysBetween(first, last) * LONGEST_STRETCH);
  const stretched = addDays(last, stretch);
  return [first, forecast_on < stretched ? forecast_on : stretched];
}

export function valueTicks({ series, start_value, target_value }: ChartInput, about: number): number[] {
  const values = [start_value, target_value, ...series.map(({ value }) => value)];
  return ticks(Math.min(...values), Math.max(...values), about);
}

/** The part of a line from one point towards another that lies on the paper. */
export function clippedEnd(from: Point, to: Point, last: Day): Point {
  if (to.day <= last) return to;
  const share = daysBetween(from.day, last) / daysBetween(from.day, to.day);
  return { day: last, value: from.value + (to.value - from.value) * share };
}

/** The point nearest to a place along the days. */
export function nearestPoint(series: readonly Point[], x: (day: Day) => number, at: number): Point | null {
  return series.reduce<Point | null>(
    (best, point) => (best === null || Math.abs(x(point.day) - at) < Math.abs(x(best.day) - at) ? point : best),
    null,
  );
}
