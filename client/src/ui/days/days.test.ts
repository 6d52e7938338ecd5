import { describe, expect, test } from "vitest";

import { agoWords, dayHeading, dayWords } from "./dayWords";
import { addMonths, dayOf, monthGrid } from "./months";

describe("months", () => {
  test("a day that a month does not have becomes its last", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2024-03-31", -1)).toBe("2024-02-29");
    expect(addMonths("2026-11-22", 2)).toBe("2027-01-22");
  });

  test("there is no 31st of April", () => {
    expect(dayOf(2026, 4, 31)).toBeNull();
    expect(dayOf(2026, 4, 30)).toBe("2026-04-30");
  });

  test("a month is whole weeks from the day they start on", () => {
    const weeks = monthGrid("2026-11-22", "monday");
    expect(weeks[0]?.[0]).toBe("2026-10-26");
    expect(weeks.at(-1)?.at(-1)).toBe("2026-12-06");
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(monthGrid("2026-11-22", "sunday")[0]?.[0]).toBe("2026-11-01");
    expect(monthGrid("2026-11-22", "saturday")[0]?.[0]).toBe("2026-10-31");
  });
});

describe("words for days", () => {
  test.each([
    ["2026-11-22", "Today"],
    ["2026-11-23", "Tomorrow"],
    ["2026-11-21", "Yesterday"],
    ["2026-11-27", "Fri"],
    ["2026-11-29", "29 Nov"],
    ["2026-11-19", "19 Nov"],
    ["2027-01-02", "2 Jan 2027"],
  ])("%s is %s", (day, words) => {
    expect(dayWords(day, "2026-11-22")).toBe(words);
  });

  test("a heading carries the date, too", () => {
    expect(dayHeading("2026-11-23", "2026-11-22")).toBe("Tomorrow · Mon 23 Nov");
  });

  test.each([
    ["2026-11-22T09:59:40.000Z", "now"],
    ["2026-11-22T09:55:00.000Z", "5 min"],
    ["2026-11-22T07:00:00.000Z", "3 h"],
    ["2026-11-21T07:00:00.000Z", "Yesterday"],
    ["2026-11-02T07:00:00.000Z", "2 Nov"],
  ])("%s was %s ago", (moment, words) => {
    expect(agoWords(moment, new Date("2026-11-22T10:00:00.000Z"))).toBe(words);
  });
});
