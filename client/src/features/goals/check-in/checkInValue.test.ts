import { describe, expect, test } from "vitest";

import { readNumber, stepOf, steppedValue, suggestedText } from "./checkInValue";

describe("the step of a check-in", () => {
  test.each([
    ["weight written in tenths", 86, 80, [85.4, 85.1], 0.1],
    ["kilometres written in halves", 6, 21, [6.5, 8], 0.5],
    ["books", 0, 12, [1, 2], 1],
    ["savings", 0, 6000, [400, 800], 100],
    ["hours, falling", 3.6, 1.5, [3.1], 0.1],
    ["something small", 0, 0.5, [], 0.1],
  ])("for %s", (_, start_value, target_value, written, step) => {
    expect(stepOf({ start_value, target_value }, written)).toBeCloseTo(step, 10);
  });

  test("leaves no binary noise", () => {
    expect(steppedValue(0.7, 0.1, 1)).toBe(0.8);
    expect(steppedValue(82.8, 0.1, -1)).toBe(82.7);
    expect(steppedValue(0, 1, -1)).toBe(-1);
    expect(steppedValue(1.25, 0.1, 1)).toBe(1.35);
  });
});

describe("a typed number", () => {
  test.each([
    ["82.8", 82.8],
    ["82,8", 82.8],
    ["1 550", 1550],
    ["1\u202f550", 1550],
    ["−3", -3],
    [" 7 ", 7],
    [".5", 0.5],
    ["", null],
    ["-", null],
    ["12kg", null],
    ["1.2.3", null],
    ["1e9", null],
    ["Infinity", null],
  ])("%j is %s", (text, value) => {
    expect(readNumber(text)).toBe(value);
  });

  test("the last value is suggested as it would be typed", () => {
    expect(suggestedText(82.80000001)).toBe("82.8");
    expect(readNumber(suggestedText(1550))).toBe(1550);
  });
});
