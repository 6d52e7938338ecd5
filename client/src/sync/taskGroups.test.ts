import { expect, test } from "vitest";

import type { Task } from "../protocol/records";
import { makeTask } from "../testing/records";
import { byPosition } from "./records";
import { tasksByList } from "./taskGroups";

type Tasks = Record<string, Task>;

const task = (id: string, fields: Partial<Task> = {}): Task => ({ ...makeTask(id), list_id: "todo", position: id, ...fields });
const mapOf = (...tasks: Task[]): Tasks => Object.fromEntries(tasks.map((each) => [each.id, each]));
const idsOf = (tasks: Tasks) => Object.fromEntries([...tasksByList(tasks)].map(([list, group]) => [list, group.map(({ id }) => id)]));

test("a change in one list leaves the others what they were", () => {
  const before = mapOf(task("a"), task("b"), task("c", { list_id: "done" }));
  const todo = tasksByList(before).get("todo");
  const done = tasksByList(before).get("done");
  const after = { ...before, b: task("b", { completed_at: "2026-11-22T09:00:00.000Z" }) };
  expect(tasksByList(after).get("done")).toBe(done);
  expect(tasksByList(after).get("todo")).not.toBe(todo);
  expect(idsOf(after)).toEqual({ todo: ["a", "b"], done: ["c"] });
});

test("what moves leaves its list, takes its place in the other, and an empty list is none", () => {
  const before = mapOf(task("a", { list_id: "done" }), task("b"), task("c", { list_id: "done" }));
  tasksByList(before);
  expect(idsOf({ ...before, b: task("b", { list_id: "done" }) })).toEqual({ done: ["a", "b", "c"] });
});

test("after any changes the groups are those of all tasks grouped anew", () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  let tasks: Tasks = {};
  for (let round = 0; round < 400; round += 1) {
    const next = { ...tasks };
    // Now and then more than are worth following.
    for (let count = round % 50 === 0 ? 250 : 1 + random(3); count > 0; count -= 1) {
      const id = `t${random(300)}`;
      const deleted_at = random(5) === 0 ? "2026-11-22T09:00:00.000Z" : null;
      if (random(6) === 0) delete next[id];
      else next[id] = task(id, { list_id: `list ${random(4)}`, position: `p${random(50)}`, deleted_at });
    }
    tasks = next;
    const expected: Record<string, string[]> = {};
    for (const { id, list_id } of Object.values(tasks).filter(({ deleted_at }) => deleted_at === null).sort(byPosition)) {
      (expected[list_id] ??= []).push(id);
    }
    expect(idsOf(tasks)).toEqual(expected);
  }
});
