import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { dragHandle } from "./handles";
import { followPresses, type Gesture } from "./presses";

let stop: () => void;
let handle: HTMLElement;
let gesture: { [Name in keyof Gesture]: ReturnType<typeof vi.fn<Gesture[Name]>> };

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `<div id="root"><p><a href="#followed">Run</a><input></p></div>`;
  handle = document.querySelector("p") ?? document.body;
  for (const [name, value] of Object.entries(dragHandle({ kind: "task", id: "t1" }))) handle.setAttribute(name, value);
  gesture = { onLift: vi.fn(() => true), onMove: vi.fn(), onDrop: vi.fn(), onCancel: vi.fn() };
  stop = followPresses(document.querySelector<HTMLElement>("#root") ?? document.body, gesture);
});

afterEach(() => {
  stop();
  vi.runAllTimers();
  vi.useRealTimers();
});

const link = () => document.querySelector("a") ?? document.body;
const mouse = (type: string, x: number, y: number, target: Element = link(), init: MouseEventInit = {}) =>
  target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y, ...init }));
const touch = (type: string, ...places: [number, number][]) => {
  const event = new Event(type, { bubbles: true, cancelable: true });
  const touches = places.map(([clientX, clientY]) => ({ clientX, clientY }));
  link().dispatchEvent(Object.assign(event, { touches }));
  return event;
};
const key = (name: string) => {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
  return event;
};

test("a mouse lifts after a little way, from where it was pressed, and drops where it is let go", () => {
  mouse("mousedown", 100, 100);
  mouse("mousemove", 103, 103);
  expect(gesture.onLift).not.toHaveBeenCalled();
  mouse("mousemove", 100, 106);
  expect(gesture.onLift).toHaveBeenCalledExactlyOnceWith(handle, { x: 100, y: 100 });
  expect(gesture.onMove).toHaveBeenLastCalledWith({ x: 100, y: 106 });
  mouse("mouseup", 100, 106);
  expect(gesture.onDrop).toHaveBeenCalledOnce();
  expect(gesture.onCancel).not.toHaveBeenCalled();
});

test("what is let go over a link does not follow it, and the next click does", () => {
  mouse("mousedown", 0, 0);
  mouse("mousemove", 0, 20);
  mouse("mouseup", 0, 20);
  const isFollowed = () => mouse("click", 0, 20);
  expect(isFollowed()).toBe(false);
  vi.advanceTimersByTime(100);
  expect(isFollowed()).toBe(true);
});

test("a press that moves nothing stays a click", () => {
  mouse("mousedown", 0, 0);
  mouse("mouseup", 0, 0);
  expect(mouse("click", 0, 0)).toBe(true);
  expect(gesture.onDrop).not.toHaveBeenCalled();
});

test("the other buttons of a mouse and the fields in a handle lift nothing", () => {
  mouse("mousedown", 0, 0, link(), { button: 2 });
  mouse("mousemove", 0, 20);
  mouse("mousedown", 0, 0, document.querySelector("input") ?? document.body);
  mouse("mousemove", 0, 20);
  expect(gesture.onLift).not.toHaveBeenCalled();
});

test("a finger lifts after a rest; from then on it scrolls nothing", () => {
  touch("touchstart", [50, 50]);
  expect(touch("touchmove", [50, 57]).defaultPrevented).toBe(false);
  vi.advanceTimersByTime(220);
  expect(gesture.onLift).toHaveBeenCalledExactlyOnceWith(handle, { x: 50, y: 50 });
  expect(touch("touchmove", [50, 90]).defaultPrevented).toBe(true);
  expect(gesture.onMove).toHaveBeenLastCalledWith({ x: 50, y: 90 });
  expect(touch("touchend").defaultPrevented).toBe(true);
  expect(gesture.onDrop).toHaveBeenCalledOnce();
});

const cameBefore = (ms: number) => {
  const came = Object.assign(new Event("touchstart", { bubbles: true }), { touches: [{ clientX: 50, clientY: 50 }] });
  Object.defineProperty(came, "timeStamp", { value: performance.now() });
  vi.advanceTimersByTime(ms);
  link().dispatchEvent(came);
};

test("the rest begins when the finger came, and not when the page heard of it", () => {
  cameBefore(100);
  vi.advanceTimersByTime(119);
  expect(gesture.onLift).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(gesture.onLift).toHaveBeenCalledOnce();
});

test("however late the page hears of a finger, what it hears then of its way comes first", () => {
  cameBefore(300);
  vi.advanceTimersByTime(49);
  touch("touchmove", [50, 70]);
  vi.advanceTimersByTime(1_000);
  expect(gesture.onLift).not.toHaveBeenCalled();
});

test("a finger that does not rest scrolls, and a tap is a tap", () => {
  touch("touchstart", [50, 50]);
  expect(touch("touchmove", [50, 70]).defaultPrevented).toBe(false);
  touch("touchend");
  touch("touchstart", [50, 50]);
  expect(touch("touchend").defaultPrevented).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(gesture.onLift).not.toHaveBeenCalled();
});

test("a finger goes on moving what has left the page since", () => {
  touch("touchstart", [50, 50]);
  vi.advanceTimersByTime(220);
  const card = link();
  handle.remove();
  card.dispatchEvent(Object.assign(new Event("touchmove", { cancelable: true }), { touches: [{ clientX: 50, clientY: 90 }] }));
  expect(gesture.onMove).toHaveBeenLastCalledWith({ x: 50, y: 90 });
  card.dispatchEvent(new Event("touchend"));
  expect(gesture.onDrop).toHaveBeenCalledOnce();
});

test.each(["Escape", "a touch that the system takes", "a window that changes its size", "the end of the board"])("%s cancels", (what) => {
  touch("touchstart", [50, 50]);
  vi.advanceTimersByTime(220);
  if (what === "Escape") expect(key("Escape").defaultPrevented).toBe(true);
  else if (what.startsWith("a touch")) touch("touchcancel");
  else if (what.startsWith("a window")) window.dispatchEvent(new Event("resize"));
  else stop();
  touch("touchend");
  expect(gesture.onCancel).toHaveBeenCalledOnce();
  expect(gesture.onDrop).not.toHaveBeenCalled();
});

test("what is not to be moved ends the press", () => {
  gesture.onLift.mockReturnValue(false);
  mouse("mousedown", 0, 0);
  mouse("mousemove", 0, 20);
  mouse("mousemove", 0, 40);
  mouse("mouseup", 0, 40);
  expect(gesture.onLift).toHaveBeenCalledOnce();
  expect([gesture.onMove, gesture.onDrop, gesture.onCancel].some((told) => told.mock.calls.length > 0)).toBe(false);
});
