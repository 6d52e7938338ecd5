import { act, fireEvent, render, screen } from "@testing-library/react";
import { Check } from "lucide-react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { IconButton } from "../inputs/IconButton";
import { HintLayer } from "./HintLayer";

beforeEach(() => {
  vi.useFakeTimers();
  render(
    <>
      <IconButton icon={Check} label="Complete" shortcut="C" onClick={() => undefined} />
      <HintLayer />
    </>,
  );
});

afterEach(() => vi.useRealTimers());

const button = () => screen.getByRole("button", { name: "Complete" });
const shown = () => screen.queryByText("Complete (C)");
const wait = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

test("who rests on a button with the mouse reads what it does, until they go on", () => {
  fireEvent.pointerOver(button(), { pointerType: "mouse" });
  wait(300);
  expect(shown()).toBeNull();
  wait(200);
  expect(shown()).not.toBeNull();
  fireEvent.pointerOver(document.body, { pointerType: "mouse" });
  expect(shown()).toBeNull();
});

test("who presses it has read enough", () => {
  fireEvent.pointerOver(button(), { pointerType: "mouse" });
  wait(500);
  fireEvent.pointerDown(button());
  expect(shown()).toBeNull();
});

test("a finger shows none", () => {
  fireEvent.pointerOver(button(), { pointerType: "touch" });
  wait(1_000);
  expect(shown()).toBeNull();
});
