import { describe, expect, test } from "vitest";

import { clippedEnd, dayDomain, dayTicks, linear, nearestPoint, ticks, valueTicks } from "./scales";

const input = {
  series: [
    { day: "2026-11-01", value: 0 },
    { day: "2026-11-11", value: 5 },
  ],
  start_value: 0,
  target_value: 20,
  starts_on: "2026-11-01",
  ends_on: "2026-12-11",
  forecast_on: null,
  today: "2026-11-11",
};

describe("scales", () => {
  test("are straight, also downwards, and put a single value in the middle", () => {
    expect(linear([0, 10], [0, 100])(5)).toBe(50);
    expect(linear([0, 10], [100, 0])(2)).toBe(80);
    expect(linear([3, 3], [0, 100])(3)).toBe(50);
  });

  test("have round ticks that cover the range", () => {
    expect(ticks(0, 20, 4)).toEqual([0, 5, 10, 15, 20]);
    expect(ticks(79.6, 86.2, 4)).toEqual([78, 80, 82, 84, 86, 88]);
    expect(ticks(1.5, 3.6, 3)).toEqual([1, 2, 3, 4]);
    expect(ticks(4, 4, 3)).toEqual([4]);
    expect(valueTicks({ ...input, start_value: 86, target_value: 80, series: [] }, 3)).toEqual([80, 82, 84, 86]);
  });

  test("have days evenly spread, first and last among them", () => {
    expect(dayTicks("2026-11-01", "2026-11-11", 3)).toEqual(["2026-11-01", "2026-11-06", "2026-11-11"]);
    expect(dayTicks("2026-11-01", "2026-11-02", 5)).toEqual(["2026-11-01", "2026-11-02"]);
  });
});

describe("the days on the paper", () => {
  test("go from the first to the last day of the period", () => {
    expect(dayDomain(input)).toEqual(["2026-11-01", "2026-12-11"]);
  });

  test("go to today without a period, and are never none", () => {
    expect(dayDomain({ ...input, starts_on: null, ends_on: null })).toEqual(["2026-11-01", "2026-11-11"]);
    expect(dayDomain({ ...input, series: [], starts_on: null, ends_on: null })).toEqual(["2026-11-11", "2026-11-12"]);
  });

  test("stretch to a forecast that is near, and not to one that is far", () => {
    expect(dayDomain({ ...input, forecast_on: "2026-12-15" })[1]).toBe("2026-12-15");
    expect(dayDomain({ ...input, forecast_on: "2028-01-01" })[1]).toBe("2026-12-21");
  });
});

test("a line that leaves the paper ends at its edge", () => {
  const from = { day: "2026-11-01", value: 0 };
  expect(clippedEnd(from, { day: "2026-11-21", value: 20 }, "2026-11-11")).toEqual({ day: "2026-11-11", value: 10 });
  expect(clippedEnd(from, { day: "2026-11-05", value: 20 }, "2026-11-11").value).toBe(20);
});

test("the point nearest to the pointer is found", () => {
  const x = (day: string) => Number(day.slice(8)) * 10;
  expect(nearestPoint(input.series, x, 20)?.day).toBe("2026-11-01");
  expect(nearestPoint(input.series, x, 80)?.day).toBe("2026-11-11");
  expect(nearestPoint([], x, 0)).toBeNull();
});
