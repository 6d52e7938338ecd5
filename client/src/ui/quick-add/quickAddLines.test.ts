import { expect, test } from "vitest";

import type { QuickAddContext } from "./parseQuickAdd";
import { quickAddLines } from "./quickAddLines";

const context: QuickAddContext = { today: "2026-11-22", week_start: "monday", boards: [], peopleOf: () => [], board_id: "b" };

test("each line is a task of its own, with its own meaning", () => {
  const { asked } = quickAddLines("Run p1\n\nSwim tomorrow p2\n", context, new Set());
  expect(asked.map(({ title, priority, scheduled_on }) => ({ title, priority, scheduled_on }))).toEqual([
    { title: "Run", priority: 1, scheduled_on: null },
    { title: "Swim", priority: 2, scheduled_on: "2026-11-23" },
  ]);
});

test("all parts together are the whole text", () => {
  const text = "Run p1\n\nSwim tomorrow\n";
  const { parts } = quickAddLines(text, context, new Set());
  expect(parts.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
  expect(parts.filter(({ kind }) => kind !== "text").map(({ start, end }) => text.slice(start, end))).toEqual(["p1", "tomorrow"]);
});

test("says which line is too long, and counts characters as the server does", () => {
  const long = "x".repeat(501);
  expect(quickAddLines("🏃".repeat(500), context, new Set()).problem).toBeNull();
  expect(quickAddLines(`${"x".repeat(500)} p1`, context, new Set()).problem).toBeNull();
  expect(quickAddLines(long, context, new Set()).problem).toBe("This is too long for a title: 501 of 500 characters.");
  expect(quickAddLines(`Run\n\n${long}\nSwim`, context, new Set()).problem).toBe(
    "Line 3 is too long for a title: 501 of 500 characters.",
  );
});
