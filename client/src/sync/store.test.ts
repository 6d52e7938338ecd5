import { expect, it, vi } from "vitest";

import { makeBoard, makeChange } from "../testing/records";
import { changesReceived, connectionChanged, snapshotReceived } from "./actions";
import { createStore } from "./store";

const renamed = (seq: number) =>
  changesReceived({
    board_id: "b",
    changes: [makeChange(seq, [{ type: "board", id: "b", title: `Named ${seq}` }])],
    account_id: "me",
    received_at: 0,
  });

it("changes are taken at once, and told of once, in a task of its own", () => {
  vi.useFakeTimers();
  const store = createStore();
  store.dispatch(snapshotReceived({ board_id: "b", epoch: "e", seq: 1, records: makeBoard("b") }));
  const hear = vi.fn();
  store.subscribe(hear);
  store.dispatch(renamed(2));
  store.dispatch(renamed(3));
  expect(store.getState().sync.replicas.b?.visible.board.b?.title).toBe("Named 3");
  expect(hear).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(hear).toHaveBeenCalledOnce();
  vi.useRealTimers();
});

it("all else is told of at once, and with it what was not yet", () => {
  const store = createStore();
  const hear = vi.fn();
  store.subscribe(hear);
  store.dispatch(renamed(2));
  store.dispatch(connectionChanged({ kind: "offline" }));
  expect(hear).toHaveBeenCalledOnce();
});
