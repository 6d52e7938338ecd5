import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import type { Held } from "./handles";
import type { Column } from "./places";
import { useBoardDrag } from "./useBoardDrag";
import type { PointerMoves } from "./usePointerDrag";

const TO_DO: Column = { list_id: "todo", title: "To do", task_ids: ["a", "b", "c"] };
const DONE: Column = { list_id: "done", title: "Done", task_ids: [] };

/** What is drawn of the board: of the list to do two cards, the third is scrolled out of sight. */
const DRAWN = `
  <ul data-drop-list="todo"><li data-drop-task="a"></li><li data-drop-task="b"></li></ul>
  <ul data-drop-list="done"></ul>`;
/** There is no layout: of elements that are all at one place, the first is the nearest. */
const ONLY_DONE = `<ul data-drop-list="done"></ul>`;

function board() {
  const shown = { columns: [TO_DO, DONE] as readonly Column[] };
  const onDropTask = vi.fn();
  const onDropList = vi.fn();
  const root = { current: document.createElement("div") };
  root.current.innerHTML = DRAWN;
  const readColumns = () => shown.columns;
  const followers = new Set<() => void>();
  const followColumns = (onMoved: () => void) => {
    followers.add(onMoved);
    return () => followers.delete(onMoved);
  };
  const titleOf = () => "Run";
  const { result } = renderHook(() => useBoardDrag(root, { mayMove: true, readColumns, followColumns, titleOf, onDropTask, onDropList }));
  const tell = (what: (moves: PointerMoves) => void) => act(() => what(result.current.moves));
  return {
    result,
    root,
    onDropTask,
    onDropList,
    lift: (held: Held) => tell(({ lift }) => lift(held)),
    carry: (drawn = DRAWN) => {
      root.current.innerHTML = drawn;
      tell(({ over }) => over({ x: 10, y: 10 }));
    },
    letGo: () => tell(({ drop }) => drop()),
    becomes: (columns: readonly Column[]) => {
      shown.columns = columns;
      act(() => followers.forEach((onMoved) => onMoved()));
    },
    followers,
  };
}

test("a card that was scrolled out of its windowed list is still the one that is dropped", () => {
  const { lift, carry, letGo, onDropTask } = board();
  lift({ kind: "task", id: "a" });
  carry(ONLY_DONE);
  letGo();
  expect(onDropTask).toHaveBeenCalledExactlyOnceWith("a", { list_id: "done", before_id: null });
});

test("a list that was scrolled out of sight is still the one that is dropped", () => {
  const { lift, carry, letGo, onDropList } = board();
  lift({ kind: "list", id: "todo" });
  carry(ONLY_DONE);
  letGo();
  expect(onDropList).toHaveBeenCalledExactlyOnceWith("todo", null);
});

test("a card whose element is gone is never its own neighbour", () => {
  const { result, lift, carry } = board();
  lift({ kind: "task", id: "c" });
  carry();
  expect(result.current.drag).toMatchObject({ place: { list_id: "todo", before_id: null } });
});

test("what is not shown cannot be lifted", () => {
  const { result, lift } = board();
  lift({ kind: "task", id: "gone" });
  expect(result.current.drag).toBeNull();
});

test("a task that somebody deletes meanwhile ends its move at once, and nothing is sent", () => {
  const { result, lift, carry, letGo, becomes, onDropTask, followers } = board();
  lift({ kind: "task", id: "a" });
  carry(ONLY_DONE);
  becomes([{ ...TO_DO, task_ids: ["b", "c"] }, DONE]);
  expect(result.current.drag).toBeNull();
  carry(ONLY_DONE);
  letGo();
  expect(onDropTask).not.toHaveBeenCalled();
  expect(followers.size).toBe(0);
});

test("what others do elsewhere leaves a move as it is", () => {
  const { result, lift, becomes } = board();
  lift({ kind: "task", id: "a" });
  becomes([{ ...TO_DO, task_ids: ["a", "b"] }, DONE]);
  expect(result.current.drag).not.toBeNull();
});

test("whoever moves it by keyboard hears that it is gone", () => {
  const { result, becomes } = board();
  act(() => result.current.actions.liftTask("a"));
  becomes([{ ...TO_DO, task_ids: ["b", "c"] }, DONE]);
  expect(result.current.drag).toBeNull();
  expect(result.current.spoken).toBe("Run is not here any more.");
});

test("a list that somebody deletes meanwhile is not moved", () => {
  const { result, lift, carry, letGo, becomes, onDropList } = board();
  lift({ kind: "list", id: "todo" });
  carry(ONLY_DONE);
  becomes([DONE]);
  expect(result.current.drag).toBeNull();
  letGo();
  expect(onDropList).not.toHaveBeenCalled();
});
