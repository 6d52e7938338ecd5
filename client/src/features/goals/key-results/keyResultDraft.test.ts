import { describe, expect, test } from "vitest";

import type { KeyResult } from "../../../protocol/records";
import { draftOf, isUntouched, meant, NEW_DRAFT, troubleOf } from "./keyResultDraft";

describe("a key result while it is written down", () => {
  test("is untouched until something of it is typed", () => {
    expect(isUntouched(NEW_DRAFT)).toBe(true);
    expect(isUntouched({ ...NEW_DRAFT, start: "5" })).toBe(true);
    expect(isUntouched({ ...NEW_DRAFT, target: "20" })).toBe(false);
  });

  test("needs two different numbers", () => {
    expect(troubleOf(NEW_DRAFT)).toEqual({ start: null, target: "Type a number." });
    expect(troubleOf({ ...NEW_DRAFT, target: "0" })).toEqual({ start: null, target: "Must differ from the start." });
    expect(troubleOf({ ...NEW_DRAFT, start: "many", target: "12" })?.start).toBe("Type a number.");
    expect(troubleOf({ ...NEW_DRAFT, start: "86", target: "80,5" })).toBeNull();
  });

  test("means numbers, and is called like the goal without a title of its own", () => {
    const draft = { title: " ", source: "manual", start: "86", target: "80,5", unit: " kg " } as const;
    expect(meant(draft, "Lose weight")).toEqual({
      title: "Lose weight",
      source: "manual",
      start_value: 86,
      target_value: 80.5,
      unit: "kg",
    });
  });

  test("comes back as it was written", () => {
    const keyResult = { title: "Weight", source: "manual", start_value: 86, target_value: 80.5, unit: "kg" } as KeyResult;
    expect(meant(draftOf(keyResult), "")).toEqual({
      title: "Weight",
      source: "manual",
      start_value: 86,
      target_value: 80.5,
      unit: "kg",
    });
  });
});
