import type { Active, ClientRect, DragEndEvent, DragMoveEvent, DragStartEvent } from "@dnd-kit/core";
import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import type { Column, DropPlace } from "./places";
import { useBoardDrag, type DragData } from "./useBoardDrag";

const TO_DO: Column = { list_id: "todo", title: "To do", task_ids: ["a", "b", "c"] };
const DONE: Column = { list_id: "done", title: "Done", task_ids: [] };

/** What dnd-kit says of what is dragged; without data: its element is gone. */
const active = (data?: DragData): Active => ({
  id: "a",
  data: { current: data ?? {} },
  rect: { current: { initial: null, translated: null } },
});

const rest = { activatorEvent: new Event("mousedown"), collisions: null, delta: { x: 0, y: 0 }, over: null };
const NOWHERE: ClientRect = { left: 0, right: 0, top: 0, bottom: 0, width: 0, height: 0 };
const AT_END_OF_DONE: DropPlace = { list_id: "done", before_id: null };
const to = (data: { place: DropPlace } | { before_id: string | null }) => [{ id: "zone", data }];

function board() {
  const shown = { columns: [TO_DO, DONE] as readonly Column[] };
  const onDropTask = vi.fn();
  const onDropList = vi.fn();
  const root = { current: document.createElement("div") };
  const readColumns = () => shown.columns;
  const followers = new Set<() => void>();
  const followColumns = (onMoved: () => void) => {
    followers.add(onMoved);
    return () => followers.delete(onMoved);
  };
  const titleOf = () => "Run";
  const { result } = renderHook(() => useBoardDrag(root, { mayMove: true, readColumns, followColumns, titleOf, onDropTask, onDropList }));
  const tell = (what: (handlers: typeof result.current.handlers) => void) => act(() => what(result.current.handlers));
  return {
    result,
    root,
    onDropTask,
    onDropList,
    start: (data: DragData) => tell(({ onDragStart }) => onDragStart({ ...rest, active: active(data) } satisfies DragStartEvent)),
    move: (data: Parameters<typeof to>[0]) =>
      tell(({ onDragMove }) => onDragMove({ ...rest, active: active(), collisions: to(data) } satisfies DragMoveEvent)),
    letGo: () => tell(({ onDragEnd }) => onDragEnd({ ...rest, active: active() } satisfies DragEndEvent)),
    becomes: (columns: readonly Column[]) => {
      shown.columns = columns;
      act(() => followers.forEach((onMoved) => onMoved()));
    },
    followers,
  };
}

test("a card that was scrolled out of its windowed list is still the one that is dropped", () => {
  const { start, move, letGo, onDropTask } = board();
  start({ kind: "task", id: "a" });
  move({ place: AT_END_OF_DONE });
  letGo();
  expect(onDropTask).toHaveBeenCalledExactlyOnceWith("a", AT_END_OF_DONE);
});

test("a list that was scrolled out of sight is still the one that is dropped", () => {
  const { start, move, letGo, onDropList } = board();
  start({ kind: "list", id: "todo" });
  move({ before_id: null });
  letGo();
  expect(onDropList).toHaveBeenCalledExactlyOnceWith("todo", null);
});

test("a card whose element is gone is never its own neighbour", () => {
  const { result, start, root } = board();
  start({ kind: "task", id: "c" });
  root.current.innerHTML = `<ul data-drop-list="todo"><li data-drop-task="a"></li><li data-drop-task="b"></li></ul>`;
  const pointer = { active: active(), collisionRect: NOWHERE, droppableRects: new Map(), droppableContainers: [] };
  expect(result.current.findPlace({ ...pointer, pointerCoordinates: { x: 0, y: 10 } })).toEqual([
    { id: "todo", data: { place: { list_id: "todo", before_id: null } } },
  ]);
});

test("a task that somebody deletes meanwhile ends its move at once, and nothing is sent", () => {
  const { result, start, move, letGo, becomes, onDropTask, followers } = board();
  start({ kind: "task", id: "a" });
  move({ place: AT_END_OF_DONE });
  becomes([{ ...TO_DO, task_ids: ["b", "c"] }, DONE]);
  expect(result.current.drag).toBeNull();
  move({ place: AT_END_OF_DONE });
  letGo();
  expect(onDropTask).not.toHaveBeenCalled();
  expect(followers.size).toBe(0);
});

test("what others do elsewhere leaves a move as it is", () => {
  const { result, start, becomes } = board();
  start({ kind: "task", id: "a" });
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
  const { result, start, move, letGo, becomes, onDropList } = board();
  start({ kind: "list", id: "todo" });
  move({ before_id: null });
  becomes([DONE]);
  expect(result.current.drag).toBeNull();
  letGo();
  expect(onDropList).not.toHaveBeenCalled();
});
