import { expect, test } from "vitest";

import { offeredPeriods, periodOf } from "./periods";

test("periods begin today and end with the calendar's", () => {
  const ends = (name: Parameters<typeof periodOf>[0], today: string) => periodOf(name, today, "monday").ends_on;
  expect(ends("week", "2026-11-22")).toBe("2026-11-22");
  expect(ends("week", "2026-11-18")).toBe("2026-11-22");
  expect(ends("month", "2028-02-03")).toBe("2028-02-29");
  expect(ends("quarter", "2026-11-22")).toBe("2026-12-31");
  expect(ends("quarter", "2026-03-31")).toBe("2026-03-31");
  expect(ends("year", "2026-11-22")).toBe("2026-12-31");
  expect(periodOf("month", "2026-11-22", "monday").starts_on).toBe("2026-11-22");
  expect(periodOf("none", "2026-11-22", "monday")).toEqual({ starts_on: null, ends_on: null });
});

test("the week ends where its owner says", () => {
  expect(periodOf("week", "2026-11-18", "sunday").ends_on).toBe("2026-11-21");
});

test("a period that is as good as over is not offered", () => {
  expect(offeredPeriods("2026-11-22", "monday")).toEqual(["month", "quarter", "year", "none"]);
  expect(offeredPeriods("2026-12-30", "monday")).toEqual(["week", "none"]);
});
