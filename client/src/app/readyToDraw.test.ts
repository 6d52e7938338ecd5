import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { readyToDraw } from "./readyToDraw";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function isReadyAfter(ms: number, ...needed: Promise<unknown>[]): Promise<boolean> {
  const ready = vi.fn();
  void readyToDraw(...needed).then(ready);
  await vi.advanceTimersByTimeAsync(ms);
  return ready.mock.calls.length > 0;
}

const never = new Promise(() => undefined);

test("a screen is drawn when all that it needs is there", async () => {
  expect(await isReadyAfter(0, Promise.resolve(), Promise.resolve())).toBe(true);
  expect(await isReadyAfter(0, Promise.resolve(), never)).toBe(false);
});

test("what takes long is not waited for", async () => {
  expect(await isReadyAfter(299, never)).toBe(false);
  expect(await isReadyAfter(300, never)).toBe(true);
});

test("what fails holds up nothing", async () => {
  expect(await isReadyAfter(0, Promise.reject(new Error("No code.")))).toBe(true);
});
