import { describe, expect, test } from "vitest";

import type { KeyResult } from "../../../protocol/records";
import { progressSeries, valueOn, valueSeries } from "./series";

const weight = { source: "manual", start_value: 86, target_value: 80 } as KeyResult;
const runs = { source: "task_count", start_value: 0, target_value: 4 } as KeyResult;

describe("the values of a key result", () => {
  const input = { keyResult: weight, checkIns: [], doneDays: [], starts_on: "2026-11-01", today: "2026-11-22", current: 86 };

  test("begin at the start value and end with what is so now", () => {
    const checkIns = [
      { for_day: "2026-11-08", value: 85 },
      { for_day: "2026-11-15", value: 84 },
    ];
    expect(valueSeries({ ...input, checkIns, current: 84 })).toEqual([
      { day: "2026-11-01", value: 86 },
      { day: "2026-11-08", value: 85 },
      { day: "2026-11-15", value: 84 },
      { day: "2026-11-22", value: 84 },
    ]);
  });

  test("have one point a day, the last one said", () => {
    const checkIns = [
      { for_day: "2026-11-22", value: 85 },
      { for_day: "2026-11-22", value: 84.5 },
      { for_day: "2026-11-10", value: null },
    ];
    expect(valueSeries({ ...input, checkIns }).slice(1)).toEqual([{ day: "2026-11-22", value: 84.5 }]);
  });

  test("count tasks by the day on which they were done", () => {
    const doneDays = ["2026-11-09", "2026-11-03", "2026-11-09"];
    expect(valueSeries({ ...input, keyResult: runs, doneDays, current: 3 })).toEqual([
      { day: "2026-11-01", value: 0 },
      { day: "2026-11-03", value: 1 },
      { day: "2026-11-09", value: 3 },
      { day: "2026-11-22", value: 3 },
    ]);
  });

  test("keep what was measured before the period began", () => {
    const series = valueSeries({ ...input, checkIns: [{ for_day: "2026-10-20", value: 87 }], current: 87 });
    expect(series[0]).toEqual({ day: "2026-10-20", value: 87 });
  });

  test("are held until the next one", () => {
    const series = [
      { day: "2026-11-01", value: 1 },
      { day: "2026-11-05", value: 2 },
    ];
    expect([valueOn(series, "2026-10-01"), valueOn(series, "2026-11-04"), valueOn(series, "2026-11-30")]).toEqual([1, 1, 2]);
  });
});

test("a goal's progress is the mean of its key results on each day that one moved", () => {
  const series = progressSeries([
    { keyResult: weight, series: [{ day: "2026-11-01", value: 86 }, { day: "2026-11-08", value: 83 }] },
    { keyResult: runs, series: [{ day: "2026-11-01", value: 0 }, { day: "2026-11-04", value: 4 }] },
  ]);
  expect(series).toEqual([
    { day: "2026-11-01", value: 0 },
    { day: "2026-11-04", value: 0.5 },
    { day: "2026-11-08", value: 0.75 },
  ]);
  expect(progressSeries([])).toEqual([]);
});
