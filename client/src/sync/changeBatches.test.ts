import { expect, it, vi } from "vitest";

import type { Change } from "../protocol/messages";
import { makeChange } from "../testing/records";
import { ChangeBatches } from "./changeBatches";

function batches(fails: (seq: number) => boolean = () => false) {
  const frames: (() => void)[] = [];
  const applied: (readonly [string, ...number[]])[] = [];
  const apply = (boardId: string, changes: readonly Change[]) => {
    if (changes.some(({ seq }) => fails(seq))) throw new Error("Not to be understood.");
    applied.push([boardId, ...changes.map(({ seq }) => seq)]);
  };
  const nextFrame = (run: () => void) => {
    frames.push(run);
    return vi.fn(() => frames.splice(frames.indexOf(run), 1));
  };
  const queue = new ChangeBatches({ nextFrame, apply });
  return { queue, applied, frames, draw: () => frames.shift()?.() };
}

const changes = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => makeChange(first + index, []));

it("takes the first change at once, and those that follow within its frame together", () => {
  const { queue, applied, draw } = batches();
  for (let seq = 1; seq <= 4; seq += 1) {
    queue.add("board", changes(seq, seq));
  }
  expect(applied).toEqual([["board", 1]]);
  draw();
  expect(applied).toEqual([["board", 1], ["board", 2, 3, 4]]);
});

it("takes a change after a quiet frame at once again", () => {
  const { queue, applied, draw } = batches();
  queue.add("board", changes(1, 1));
  draw();
  queue.add("board", changes(2, 2));
  expect(applied).toEqual([["board", 1], ["board", 2]]);
});

it("keeps the order of boards", () => {
  const { queue, applied } = batches();
  queue.add("one", changes(1, 1));
  queue.add("one", changes(2, 2));
  queue.add("other", changes(1, 1));
  queue.add("one", changes(3, 3));
  queue.flush();
  expect(applied).toEqual([["one", 1], ["one", 2], ["other", 1], ["one", 3]]);
});

it("joins no more than a node hands out one by one, and never takes a message apart (R-18)", () => {
  const { queue, applied, draw } = batches();
  queue.add("board", changes(1, 1));
  queue.add("board", changes(2, 41));
  queue.add("board", changes(42, 81));
  queue.add("board", changes(82, 281));
  draw();
  draw();
  draw();
  expect(applied.map(([, ...seqs]) => seqs.length)).toEqual([1, 40, 40, 200]);
});

it("forgets what waits when the line is closed", () => {
  const { queue, applied, frames } = batches();
  queue.add("board", changes(1, 1));
  queue.add("board", changes(2, 2));
  queue.clear();
  expect(frames).toEqual([]);
  queue.add("board", changes(3, 3));
  expect(applied).toEqual([["board", 1], ["board", 3]]);
});

it("goes on with what follows a change that could not be taken", () => {
  const { queue, applied, draw } = batches((seq) => seq === 1);
  expect(() => queue.add("board", changes(1, 1))).toThrow("Not to be understood.");
  queue.add("board", changes(2, 2));
  draw();
  expect(applied).toEqual([["board", 2]]);
});
