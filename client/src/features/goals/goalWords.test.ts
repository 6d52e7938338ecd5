import { describe, expect, test } from "vitest";

import { amountWords, goalTone, measureWords, numberWords, paceWords, periodWords } from "./goalWords";

const period = { starts_on: "2026-11-01", ends_on: "2026-11-21" };

describe("amounts", () => {
  test("keep two decimals, group thousands by a thin space and use a real minus", () => {
    expect(numberWords(1234567.891)).toBe("1\u202f234\u202f567.89");
    expect(numberWords(-0.5)).toBe("−0.5");
  });

  test("carry their unit if there is one", () => {
    expect(amountWords(20, "kg")).toBe("20\u00a0kg");
    expect(amountWords(20, "")).toBe("20");
  });

  test("say how far: of a target above, towards a target below", () => {
    expect(measureWords({ start_value: 0, target_value: 20, unit: "kg" }, 12)).toBe("12 of 20\u00a0kg");
    expect(measureWords({ start_value: 86, target_value: 80, unit: "kg" }, 82.8)).toBe("82.8 → 80\u00a0kg");
  });
});

describe("pace", () => {
  test.each([
    [0.5, "2026-11-11", "on pace"],
    [0.65, "2026-11-11", "3 days ahead"],
    [0.45, "2026-11-11", "1 day behind"],
    [1, "2026-11-11", "done"],
    [0, "2026-10-31", "starts in 1 day"],
    [0.9, "2026-11-24", "ended 3 days ago"],
  ])("%s on %s is %s", (progress, today, words) => {
    expect(paceWords(period, progress, today)).toBe(words);
  });

  test("says nothing without a period or key results", () => {
    expect(paceWords({ starts_on: null, ends_on: null }, 0.5, "2026-11-11")).toBe("");
    expect(paceWords(period, null, "2026-11-11")).toBe("");
  });
});

test("a period says what is left of it", () => {
  expect(periodWords(period, "2026-11-11")).toBe("1 Nov – 21 Nov, 10 days left");
  expect(periodWords(period, "2026-11-21")).toBe("1 Nov – Today, last day");
  expect(periodWords({ starts_on: null, ends_on: null }, "2026-11-11")).toBe("No period");
});

test("the colour is what people said, never what the numbers say", () => {
  expect(goalTone({ state: "open", health: null })).toBe("accent");
  expect(goalTone({ state: "open", health: "off_track" })).toBe("bad");
  expect(goalTone({ state: "achieved", health: "off_track" })).toBe("good");
  expect(goalTone({ state: "missed", health: "on_track" })).toBe("quiet");
});
