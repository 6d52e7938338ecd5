import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { useTap } from "./useTap";

const onTap = vi.fn();

function Button() {
  return (
    <>
      <button {...useTap(onTap)}>Tap</button>
      <input />
    </>
  );
}

const button = () => screen.getByRole("button");
const at = (clientX: number, clientY: number) => ({ clientX, clientY });
const put = (...fingers: { clientX: number; clientY: number }[]) => fireEvent.touchStart(button(), { touches: fingers });
/** Whether a click would follow. */
const leave = (where: { clientX: number; clientY: number }, init: object = {}) =>
  fireEvent.touchEnd(button(), { changedTouches: [where], cancelable: true, ...init });

const scroll = (at: number) => {
  const event = new Event("scroll");
  Object.defineProperty(event, "timeStamp", { value: at });
  document.body.dispatchEvent(event);
};

beforeEach(() => {
  onTap.mockClear();
  scroll(-1_000);
  render(<Button />);
});

test("a tap is heard as the finger leaves, and no click follows", () => {
  put(at(50, 50));
  expect(leave(at(53, 54))).toBe(false);
  expect(onTap).toHaveBeenCalledOnce();
});

test("whoever clicks without a finger is heard, too", () => {
  fireEvent.click(button());
  expect(onTap).toHaveBeenCalledOnce();
});

test("a tap leaves a field that was written in, once it was answered", async () => {
  screen.getByRole("textbox").focus();
  put(at(50, 50));
  leave(at(50, 50));
  expect(document.activeElement).toBe(screen.getByRole("textbox"));
  await expect.poll(() => document.activeElement).toBe(button());
});

test.each([
  ["a finger that went elsewhere", () => void put(at(50, 50)), at(50, 61)],
  ["two fingers", () => void put(at(50, 50), at(90, 50)), at(50, 50)],
  ["a finger that came down elsewhere", () => undefined, at(50, 50)],
  [
    "a finger that scrolled and came back",
    () => {
      put(at(50, 50));
      fireEvent.pointerCancel(button());
    },
    at(50, 50),
  ],
  [
    "a finger that stopped a running page",
    () => {
      scroll(performance.now() - 100);
      put(at(50, 50));
    },
    at(50, 50),
  ],
  [
    "a touch that the system took",
    () => {
      put(at(50, 50));
      fireEvent.touchCancel(button());
    },
    at(50, 50),
  ],
  [
    "a touch that somebody has answered already",
    () => {
      put(at(50, 50));
      button().addEventListener("touchend", (event) => event.preventDefault(), { once: true });
    },
    at(50, 50),
  ],
])("%s is no tap", (_, begin, end) => {
  begin();
  leave(end);
  expect(onTap).not.toHaveBeenCalled();
});

test("while another finger rests, none taps", () => {
  put(at(50, 50));
  expect(leave(at(50, 50), { touches: [at(9, 9)] })).toBe(true);
  expect(onTap).not.toHaveBeenCalled();
});

test("a touch that the browser goes on with is left to it", () => {
  put(at(50, 50));
  expect(leave(at(50, 50), { cancelable: false })).toBe(true);
  expect(onTap).not.toHaveBeenCalled();
});

test("a long rest is left to the browser", () => {
  vi.spyOn(Event.prototype, "timeStamp", "get").mockReturnValueOnce(1_000).mockReturnValue(1_401);
  put(at(50, 50));
  expect(leave(at(50, 50))).toBe(true);
  expect(onTap).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

test("the next tap counts again", () => {
  put(at(50, 50));
  leave(at(50, 90));
  put(at(50, 50));
  leave(at(50, 50));
  expect(onTap).toHaveBeenCalledOnce();
});
