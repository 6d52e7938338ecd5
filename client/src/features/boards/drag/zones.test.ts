import { expect, test } from "vitest";

import { nearest, placeIn, zonesIn, type Zone } from "./zones";

const zone = (list_id: string, left: number, rows: [string, number][]): Zone => ({
  list_id,
  box: { left, right: left + 100, top: 0, bottom: 500 },
  rows: rows.map(([id, middle]) => ({ id, middle })),
});

const todo = zone("todo", 0, [["b", 20], ["c", 60], ["d", 100]]);
const done = zone("done", 116, []);
const column = { list_id: "todo", title: "To do", task_ids: ["a", "b", "c", "d", "e"] };

test("the nearest list is found, also from the gap between two and from above all", () => {
  expect(nearest([todo, done], 50, 50)?.list_id).toBe("todo");
  expect(nearest([todo, done], 112, 50)?.list_id).toBe("done");
  expect(nearest([todo, done], 300, -40)?.list_id).toBe("done");
  expect(nearest([], 0, 0)).toBeNull();
});

test("a card lands before the row whose middle is below the pointer", () => {
  expect(placeIn(todo, 10, column, "x")).toEqual({ list_id: "todo", before_id: "b" });
  expect(placeIn(todo, 61, column, "x")).toEqual({ list_id: "todo", before_id: "d" });
});

test("below the last drawn row it lands before the next one that is not drawn", () => {
  expect(placeIn(todo, 400, column, "x")).toEqual({ list_id: "todo", before_id: "e" });
  expect(placeIn(todo, 400, { ...column, task_ids: ["b", "c", "d"] }, "x")).toEqual({ list_id: "todo", before_id: null });
});

test("the card itself is no neighbour", () => {
  expect(placeIn(todo, 50, column, "c")).toEqual({ list_id: "todo", before_id: "d" });
  expect(placeIn(todo, 400, column, "e")).toEqual({ list_id: "todo", before_id: null });
});

test("an empty list takes the card at its end", () => {
  expect(placeIn(done, 50, { list_id: "done", title: "Done", task_ids: [] }, "x")).toEqual({ list_id: "done", before_id: null });
});

test("zones are read from what is drawn", () => {
  const root = document.createElement("div");
  root.innerHTML = `<div data-drop-list="todo"><p data-drop-task="a"></p><p data-drop-task="b"></p></div><div data-drop-list="done"></div>`;
  expect(zonesIn(root).map(({ list_id, rows }) => [list_id, rows.map(({ id }) => id)])).toEqual([
    ["todo", ["a", "b"]],
    ["done", []],
  ]);
});

test("parts of one list count as one zone", () => {
  const root = document.createElement("div");
  root.innerHTML = `<p data-drop-list="todo"></p><p data-drop-list="todo" data-drop-task="a"></p><p data-drop-list="done"></p>`;
  expect(zonesIn(root).map(({ list_id, rows }) => [list_id, rows.map(({ id }) => id)])).toEqual([
    ["todo", ["a"]],
    ["done", []],
  ]);
});
