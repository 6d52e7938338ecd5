import { act, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { TaskCheck } from "./TaskCheck";

const FRAME_MS = 17;
let toggles: number;

function Task() {
  const [done, setDone] = useState(false);
  const onToggle = () => {
    toggles += 1;
    setDone(!done);
  };
  return (
    <>
      <TaskCheck title="Run" done={done} priority={0} onToggle={onToggle} />
      <button type="button" onClick={() => setDone(true)}>
        Complete elsewhere
      </button>
    </>
  );
}

const check = () => screen.getByRole("checkbox");
const isShownDone = () => check().getAttribute("aria-checked") === "true";
const pass = (ms: number) => {
  act(() => void vi.advanceTimersByTime(ms));
};

beforeEach(() => {
  vi.useFakeTimers();
  toggles = 0;
  render(<Task />);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a press is shown before it is done, and done once when it has been seen", () => {
  fireEvent.click(check());
  expect([isShownDone(), toggles]).toEqual([true, 0]);
  pass(FRAME_MS);
  expect([isShownDone(), toggles]).toEqual([true, 1]);
  pass(1_000);
  expect([isShownDone(), toggles]).toEqual([true, 1]);
});

test("the frame that answers shows it as it is to stand, done or not: what moves comes after it", () => {
  for (const done of [true, false]) {
    fireEvent.click(check());
    expect([isShownDone(), check().className]).toEqual([done, expect.stringMatching(/asked/)]);
    pass(FRAME_MS);
    expect([isShownDone(), check().className]).toEqual([done, expect.not.stringMatching(/asked/)]);
  }
});

test("who presses again before it was done takes it back, and nothing happens", () => {
  fireEvent.click(check());
  fireEvent.click(check());
  expect(isShownDone()).toBe(false);
  pass(1_000);
  expect([isShownDone(), toggles]).toEqual([false, 0]);
});

test("a third press counts again", () => {
  fireEvent.click(check());
  fireEvent.click(check());
  fireEvent.click(check());
  pass(FRAME_MS);
  expect([isShownDone(), toggles]).toEqual([true, 1]);
});

test("who else completes it meanwhile turns nothing round", () => {
  fireEvent.click(check());
  fireEvent.click(screen.getByText("Complete elsewhere"));
  expect(isShownDone()).toBe(true);
  pass(FRAME_MS);
});

test("where no frames are drawn it is done all the same", () => {
  vi.stubGlobal("requestAnimationFrame", () => 0);
  fireEvent.click(check());
  pass(100);
  expect([isShownDone(), toggles]).toEqual([true, 1]);
});

test.each([
  ["leaves the page", () => window.dispatchEvent(new Event("pagehide"))],
  ["puts it aside", () => document.dispatchEvent(new Event("visibilitychange"))],
])("who %s has asked before anybody hears of it", (_, leave) => {
  const heard: number[] = [];
  window.addEventListener("pagehide", () => heard.push(toggles), { once: true });
  document.addEventListener("visibilitychange", () => heard.push(toggles), { once: true });
  fireEvent.click(check());
  act(() => void leave());
  expect(heard).toEqual([1]);
});
