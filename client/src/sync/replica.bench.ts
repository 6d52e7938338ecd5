import { bench, describe } from "vitest";

import { makeBoard, makeChange, makePending, makeTask } from "../testing/records";
import { emptyReplica, withChanges, withPending, withSnapshot } from "./replica";

const tasks = Array.from({ length: 2000 }, (_, index) => makeTask(`task-${index}`));
const replica = withSnapshot(emptyReplica("b"), { board_id: "b", epoch: "e", seq: 0, records: [...makeBoard("b"), ...tasks] });
const complete = makePending({ type: "task.complete", board_id: "b", task_id: "task-7" });
const withQueue = withPending(
  replica,
  Array.from({ length: 1000 }, (_, index) =>
    makePending({ type: "task.edit", board_id: "b", task_id: `task-${index}`, title: "Offline" }),
  ),
);
const one = [makeChange(1, [{ type: "task", id: "task-9", title: "New" }])];
const burst = Array.from({ length: 500 }, (_, index) =>
  makeChange(index + 1, [{ type: "task", id: `task-${index}`, title: "New" }]),
);

/** A frame of a screen lasts 16 ms; each of these has to fit in well. */
describe("a board of 2,000 tasks", () => {
  bench("one change", () => {
    withChanges(replica, one);
  });
  bench("one guess", () => {
    withPending(replica, [complete]);
  });
  bench("a burst of 500 changes", () => {
    withChanges(replica, burst);
  });
  bench("one change with 1,000 pending commands", () => {
    withChanges(withQueue, one);
  });
});
