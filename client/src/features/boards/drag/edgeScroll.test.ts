import { expect, test } from "vitest";

import { EdgeScroll, scrollsAtEnds, speedAt } from "./edgeScroll";

test("the deeper in an end, the faster it scrolls, and not at all between the ends", () => {
  expect(speedAt(500, 0, 1000)).toBe(0);
  expect(speedAt(201, 0, 1000)).toBe(0);
  expect(speedAt(100, 0, 1000)).toBe(-1);
  expect(speedAt(950, 0, 1000)).toBe(1.5);
  expect(speedAt(-400, 0, 1000)).toBe(-2);
  expect(speedAt(10, 0, 0)).toBe(0);
});

test("what is lifted at an end scrolls nothing before it has been moved towards it", () => {
  const root = document.createElement("div");
  const list = document.createElement("ul");
  const [axis, value] = Object.entries(scrollsAtEnds("y"))[0] ?? [];
  list.setAttribute(axis ?? "", value ?? "");
  list.getBoundingClientRect = () => new DOMRect(0, 0, 300, 1000);
  root.append(list);
  const edges = new EdgeScroll(root, { x: 10, y: 950 });
  expect(edges.scroll(16)).toBe(false);
  edges.movedTo({ x: 10, y: 960 });
  expect(edges.scroll(10)).toBe(true);
  expect(list.scrollTop).toBe(16);
});
