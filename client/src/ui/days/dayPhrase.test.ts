import { describe, expect, test } from "vitest";

import { dayPhrase } from "./dayPhrase";

// A Saturday.
const context = { today: "2026-11-21", week_start: "monday" } as const;

const said = (phrase: string) => dayPhrase(phrase.toLowerCase().split(" "), context);

describe("a day in plain words", () => {
  test.each([
    ["today", "2026-11-21", 1],
    ["tod", "2026-11-21", 1],
    ["Tomorrow", "2026-11-22", 1],
    ["tmr", "2026-11-22", 1],
    ["fri", "2026-11-27", 1],
    ["sunday", "2026-11-22", 1],
    ["tues", "2026-11-24", 1],
    ["next week", "2026-11-23", 2],
    ["next month", "2026-12-01", 2],
    ["next wed", "2026-11-25", 2],
    ["in 3 days", "2026-11-24", 3],
    ["in a week", "2026-11-28", 3],
    ["in two months", "2027-01-21", 3],
    ["12 Dec", "2026-12-12", 2],
    ["Dec 12", "2026-12-12", 2],
    ["12th December 2027", "2027-12-12", 3],
    ["sept 1", "2027-09-01", 2],
    ["2026-12-24", "2026-12-24", 1],
    ["weekend", "2026-11-28", 1],
  ])("%s is %s", (phrase, day, words) => {
    expect(said(phrase)).toEqual({ day, words });
  });

  test("a weekday that is today means a week from now", () => {
    expect(said("sat")).toEqual({ day: "2026-11-28", words: 1 });
  });

  test("a date that has passed means next year", () => {
    expect(said("20 Nov")?.day).toBe("2027-11-20");
    expect(said("21 Nov")?.day).toBe("2026-11-21");
  });

  test("words after the day are left alone", () => {
    expect(said("fri p1 #home")).toEqual({ day: "2026-11-27", words: 1 });
  });

  test.each(["", "monde", "sunlight", "marching 3", "31 feb", "in days", "in 3 apples", "2026-13-01", "next time", "12", "ma 3"])(
    "%j is no day",
    (phrase) => {
      expect(said(phrase)).toBeNull();
    },
  );

  test("the week starts where its owner says", () => {
    expect(dayPhrase(["next", "week"], { today: "2026-11-21", week_start: "sunday" })?.day).toBe("2026-11-22");
  });
});
