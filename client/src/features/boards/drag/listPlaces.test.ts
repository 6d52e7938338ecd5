import { expect, test } from "vitest";

import { listBefore, nextListId, steppedList } from "./listPlaces";
import type { Zone } from "./zones";

const ids = ["a", "b", "c"];
const zones: Zone[] = ids.map((list_id, index) => ({
  list_id,
  box: { left: index * 100, right: index * 100 + 90, top: 0, bottom: 500 },
  rows: [],
}));

test("a list lands before the one whose middle is right of the pointer", () => {
  expect(listBefore(zones, 20, "c")).toBe("a");
  expect(listBefore(zones, 60, "c")).toBe("b");
  expect(listBefore(zones, 160, "c")).toBeNull();
  expect(listBefore(zones, 400, "a")).toBeNull();
});

test("a list starts before the one after it", () => {
  expect(nextListId(ids, "a")).toBe("b");
  expect(nextListId(ids, "c")).toBeNull();
});

test("a list steps left and right and stops at the ends", () => {
  expect(steppedList(ids, "b", "a", "right")).toBe("c");
  expect(steppedList(ids, "c", "a", "right")).toBeNull();
  expect(steppedList(ids, null, "a", "right")).toBeNull();
  expect(steppedList(ids, null, "c", "left")).toBe("b");
  expect(steppedList(ids, "a", "c", "left")).toBe("a");
  expect(steppedList(ids, null, "c", "first")).toBe("a");
  expect(steppedList(ids, "b", "a", "last")).toBeNull();
});
