import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState, type ReactNode } from "react";
import { expect, test, vi } from "vitest";

import { Sheet } from "./Sheet";

function Page({ children }: { children?: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button onClick={() => setOpen(true)}>Run</button>
      {isOpen && (
        <Sheet label="Task: Run" onClose={() => setOpen(false)}>
          <button onClick={() => setOpen(false)}>Close</button>
          {children}
        </Sheet>
      )}
    </>
  );
}

const opener = () => screen.getByRole("button", { name: "Run" });
const panel = () => screen.getByRole("complementary", { name: "Task: Run" });

/** This document does not tell by what the focus came, so it is told. */
function show(isByKeyboard: boolean, children?: ReactNode) {
  render(<Page>{children}</Page>);
  const matches = opener().matches.bind(opener());
  vi.spyOn(opener(), "matches").mockImplementation((selector) => (selector === ":focus-visible" ? isByKeyboard : matches(selector)));
  opener().focus();
}

test("a panel opened by keyboard takes the focus, so that it is read out, and gives it back", async () => {
  show(true);
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement).toBe(panel());
  await userEvent.keyboard("{Escape}");
  expect(document.activeElement).toBe(opener());
});

test("a panel gives the focus back that went into it", async () => {
  show(true);
  await userEvent.keyboard("{Enter}{Tab}{Enter}");
  expect(screen.queryByRole("complementary")).toBeNull();
  expect(document.activeElement).toBe(opener());
});

test("a panel opened by mouse leaves the focus on the page", async () => {
  show(false);
  await userEvent.click(opener());
  expect(panel()).toBeDefined();
  expect(document.activeElement).toBe(opener());
});

test("a field in the panel that takes the focus keeps it", async () => {
  show(true, <input ref={(field) => field?.focus()} />);
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement).toBe(screen.getByRole("textbox"));
});
