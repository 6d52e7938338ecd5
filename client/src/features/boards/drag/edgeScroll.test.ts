import { expect, test } from "vitest";

import { EdgeScroll, scrollsAtEnds, speedAt } from "./edgeScroll";

test("the deeper in an end, the faster it scrolls, and not at all between the ends", () => {
  expect(speedAt(500, 0, 1000, 2)).toBe(0);
  expect(speedAt(201, 0, 1000, 2)).toBe(0);
  expect(speedAt(100, 0, 1000, 2)).toBe(-1);
  expect(speedAt(950, 0, 1000, 2)).toBe(1.5);
  expect(speedAt(-400, 0, 1000, 2)).toBe(-2);
  expect(speedAt(10, 0, 0, 2)).toBe(0);
});

function scroller(axis: "x" | "y", box: DOMRect): { root: HTMLElement; element: HTMLElement } {
  const root = document.createElement("div");
  const element = document.createElement("div");
  for (const [name, value] of Object.entries(scrollsAtEnds(axis))) element.setAttribute(name, value);
  element.getBoundingClientRect = () => box;
  root.append(element);
  return { root, element };
}

test("sideways it takes a while to pass what is seen, so that one can stop at a list", () => {
  const { root, element } = scroller("x", new DOMRect(0, 0, 350, 700));
  const edges = new EdgeScroll(root, { x: 200, y: 300 });
  edges.movedTo({ x: 350, y: 300 });
  expect(edges.scroll(20)).toBe(true);
  expect(element.scrollLeft).toBe(10);
  // After a frame that took long, too.
  edges.scroll(1_000);
  expect(element.scrollLeft).toBe(35);
});

test("what is lifted at an end scrolls nothing before it has been moved towards it", () => {
  const { root, element: list } = scroller("y", new DOMRect(0, 0, 300, 1000));
  const edges = new EdgeScroll(root, { x: 10, y: 950 });
  expect(edges.scroll(16)).toBe(false);
  edges.movedTo({ x: 10, y: 960 });
  expect(edges.scroll(10)).toBe(true);
  expect(list.scrollTop).toBe(16);
});
