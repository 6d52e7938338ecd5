import { describe, expect, test } from "vitest";

import { positionAt } from "./positions";
import { byPosition } from "./records";

const placed = (...positions: string[]) => positions.map((position, index) => ({ id: `t${index}`, position }));

/** The ids in the order that people see after something was put at an index. */
function seen(sorted: ReturnType<typeof placed>, index: number): string[] {
  return [...sorted, { id: "new", position: positionAt(sorted, index) }].sort(byPosition).map(({ id }) => id);
}

describe("a position among others", () => {
  test.each([
    [0, ["new", "t0", "t1", "t2"]],
    [1, ["t0", "new", "t1", "t2"]],
    [3, ["t0", "t1", "t2", "new"]],
  ])("at index %i is seen there", (index, order) => {
    expect(seen(placed("a0", "a1", "a2"), index)).toEqual(order);
  });

  test("between two that were put at one place at the same time is beside them, and before all that follow", () => {
    expect(seen(placed("a0", "a1", "a1", "a1V", "a2"), 2)).toEqual(["t0", "t1", "t2", "new", "t3", "t4"]);
  });

  test("between two equal ones at the end is the end", () => {
    expect(seen(placed("a0", "a1", "a1"), 2)).toEqual(["t0", "t1", "t2", "new"]);
  });
});
