import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { useMediaQuery } from "./useMediaQuery";

/** A window of which a test says how it is. */
let answers: EventTarget & { matches: boolean };

beforeEach(() => {
  answers = Object.assign(new EventTarget(), { matches: false });
  vi.stubGlobal("matchMedia", () => answers);
});
afterEach(() => void vi.unstubAllGlobals());

function becomes(matches: boolean) {
  act(() => {
    answers.matches = matches;
    answers.dispatchEvent(new Event("change"));
  });
}

function Page({ query }: { query: string }) {
  return <output>{useMediaQuery(query) ? "so" : "not so"}</output>;
}

const said = () => screen.getByRole("status").textContent;

test("the page is as the window is, also when that changes", () => {
  render(<Page query="(min-width: 1px)" />);
  expect(said()).toBe("not so");
  becomes(true);
  expect(said()).toBe("so");
  becomes(false);
  expect(said()).toBe("not so");
});

test("who asks anew is told anew, and hears no more of what it asked before", () => {
  const { rerender, unmount } = render(<Page query="(min-width: 2px)" />);
  const before = answers;
  answers = Object.assign(new EventTarget(), { matches: true });
  const unheard = [vi.spyOn(before, "removeEventListener"), vi.spyOn(answers, "removeEventListener")];
  rerender(<Page query="(min-width: 3px)" />);
  expect(said()).toBe("so");
  expect(unheard[0]).toHaveBeenCalledOnce();
  unmount();
  expect(unheard[1]).toHaveBeenCalledOnce();
});

test("all who ask the same thing share one list", () => {
  const asked = vi.fn(() => answers);
  vi.stubGlobal("matchMedia", asked);
  render(
    <>
      <Page query="(min-width: 4px)" />
      <Page query="(min-width: 4px)" />
    </>,
  );
  expect(asked).toHaveBeenCalledOnce();
});
