import { generateKeyBetween } from "fractional-indexing";
import { describe, expect, test } from "vitest";

import { isSamePlace, positionBefore, presentPlace, stepped, type Column, type Step } from "./places";

const columns: Column[] = [
  { list_id: "todo", title: "To do", task_ids: ["a", "b", "c"] },
  { list_id: "empty", title: "Empty", task_ids: [] },
  { list_id: "done", title: "Done", task_ids: ["x"] },
];

function walk(moving: string, ...steps: Step[]) {
  const start = presentPlace(columns, moving)!;
  return steps.reduce((place, step) => stepped(columns, place, moving, step), start);
}

describe("the place of a task that is being dragged", () => {
  test("starts before the task below it, or at the end of its list", () => {
    expect(presentPlace(columns, "a")).toEqual({ list_id: "todo", before_id: "b" });
    expect(presentPlace(columns, "c")).toEqual({ list_id: "todo", before_id: null });
    expect(presentPlace(columns, "nowhere")).toBeNull();
  });

  test("goes down and up one task at a time and stops at the ends", () => {
    expect(walk("a", "down")).toEqual({ list_id: "todo", before_id: "c" });
    expect(walk("a", "down", "down")).toEqual({ list_id: "todo", before_id: null });
    expect(walk("a", "down", "down", "down")).toEqual({ list_id: "todo", before_id: null });
    expect(walk("c", "up", "up", "up")).toEqual({ list_id: "todo", before_id: "a" });
    expect(walk("b", "up", "down")).toEqual(walk("b"));
  });

  test("goes to the neighbouring list at the same height, also into and out of an empty one", () => {
    expect(walk("a", "right")).toEqual({ list_id: "empty", before_id: null });
    expect(walk("a", "right", "right")).toEqual({ list_id: "done", before_id: "x" });
    expect(walk("a", "right", "right", "right")).toEqual({ list_id: "done", before_id: "x" });
    expect(walk("x", "left", "left")).toEqual({ list_id: "todo", before_id: "a" });
    expect(walk("a", "left")).toEqual({ list_id: "todo", before_id: "b" });
  });

  test("jumps to the first and the last place", () => {
    expect(walk("c", "first")).toEqual({ list_id: "todo", before_id: "a" });
    expect(walk("a", "last")).toEqual({ list_id: "todo", before_id: null });
  });

  test("is the same only with the same list and neighbour", () => {
    expect(isSamePlace(walk("a", "right", "left"), walk("a", "up"))).toBe(true);
    expect(isSamePlace(walk("a"), walk("a", "down"))).toBe(false);
  });
});

describe("the key on drop", () => {
  const keys = ["a", "b", "c"].reduce<{ id: string; position: string }[]>(
    (made, id) => [...made, { id, position: generateKeyBetween(made.at(-1)?.position ?? null, null) }],
    [],
  );
  const [a, b, c] = keys.map(({ position }) => position) as [string, string, string];

  test("lies between the new neighbours", () => {
    const key = positionBefore(keys, "b", "c");
    expect(key > a && key < b).toBe(true);
  });

  test("lies before the first and after the last", () => {
    expect(positionBefore(keys, "a", "c") < a).toBe(true);
    expect(positionBefore(keys, null, "a") > c).toBe(true);
  });

  test("goes to the end when the neighbour has just left the list", () => {
    expect(positionBefore(keys, "gone", "a") > c).toBe(true);
  });

  test("is found even where two neighbours have equal keys", () => {
    const equal = [
      { id: "a", position: "a0" },
      { id: "b", position: "a0" },
    ];
    expect(positionBefore(equal, "b", "c") >= "a0").toBe(true);
  });
});
