import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useEffect, useSyncExternalStore } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { ToastRegion } from "./ToastRegion";
import { dismissToast, readToasts, showToast, subscribeToToasts } from "./toasts";

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  render(<ToastRegion />);
});

afterEach(() => {
  act(() => readToasts().forEach(({ id }) => dismissToast(id)));
  vi.useRealTimers();
});

const user = () => userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });

test("a toast goes by itself", () => {
  act(() => void showToast("Saved"));
  expect(screen.getByText("Saved")).toBeTruthy();
  act(() => void vi.advanceTimersByTime(6_100));
  expect(screen.queryByText("Saved")).toBeNull();
});

test("its action runs once and closes it", async () => {
  const undo = vi.fn();
  act(() => void showToast("Deleted", { label: "Undo", run: undo }));
  await user().click(screen.getByRole("button", { name: "Undo" }));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText("Deleted")).toBeNull();
});

test("it stays while somebody points at it", async () => {
  act(() => void showToast("Deleted"));
  await user().hover(screen.getByText("Deleted"));
  act(() => void vi.advanceTimersByTime(20_000));
  expect(screen.getByText("Deleted")).toBeTruthy();
});

test("the oldest gives way to a fourth", () => {
  act(() => ["a", "b", "c", "d"].forEach((text) => showToast(text)));
  expect(readToasts().map(({ text }) => text)).toEqual(["b", "c", "d"]);
});

test("what it tells of is drawn before it", () => {
  const shownBeside: boolean[] = [];
  function Card() {
    const toasts = useSyncExternalStore(subscribeToToasts, readToasts);
    useEffect(() => void shownBeside.push(screen.queryByText("Completed") !== null), [toasts]);
    return null;
  }
  render(<Card />);
  shownBeside.length = 0;
  act(() => void showToast("Completed"));
  expect(shownBeside).toEqual([false]);
  expect(screen.getByText("Completed")).toBeTruthy();
});
