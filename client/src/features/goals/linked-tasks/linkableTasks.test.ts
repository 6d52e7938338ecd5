import { expect, test } from "vitest";

import type { Link, List, Task } from "../../../protocol/records";
import { linkableTasks, MOST_SHOWN } from "./linkableTasks";

const task = (id: string, title: string, fields: Partial<Task> = {}) =>
  ({ id, title, list_id: "list", created_at: "2026-11-01", completed_at: null, deleted_at: null, ...fields }) as Task;

const byId = (tasks: Task[]) => Object.fromEntries(tasks.map((one) => [one.id, one]));
const lists = { list: { deleted_at: null } as List, gone: { deleted_at: "2026-11-01" } as List };
const titles = (tasks: Task[], words: string, linked: Link[] = []) =>
  linkableTasks(byId(tasks), lists, linked, words).map(({ title }) => title);

test("each word must be in the title, whatever its case and accents", () => {
  const tasks = [task("a", "Café by the river"), task("b", "Run by the river"), task("c", "Walk")];
  expect(titles(tasks, "RIVER cafe")).toEqual(["Café by the river"]);
  expect(titles(tasks, "run")).toEqual(["Run by the river"]);
});

test("open tasks come first, then the newest", () => {
  const tasks = [
    task("a", "old", { created_at: "2026-11-01" }),
    task("b", "done", { created_at: "2026-11-09", completed_at: "2026-11-10" }),
    task("c", "new", { created_at: "2026-11-05" }),
  ];
  expect(titles(tasks, "")).toEqual(["new", "old", "done"]);
});

test("linked tasks, those in the trash and those of lists in the trash are left out", () => {
  const tasks = [
    task("a", "linked"),
    task("b", "trash", { deleted_at: "2026-11-01" }),
    task("c", "list in trash", { list_id: "gone" }),
    task("d", "free"),
  ];
  expect(titles(tasks, "", [{ task_id: "a" } as Link])).toEqual(["free"]);
});

test("a long board shows the first ones", () => {
  const tasks = Array.from({ length: 500 }, (_, index) => task(String(index), `Task ${index}`));
  expect(titles(tasks, "")).toHaveLength(MOST_SHOWN);
});
