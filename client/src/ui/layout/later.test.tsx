import { act, fireEvent, render, screen } from "@testing-library/react";
import { Suspense, useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { dismissToast, readToasts } from "../feedback/toasts";
import { later, overlay, preloadOverlays } from "./later";

const load = () => Promise.resolve({ default: () => <h1>Today</h1> });

it("a screen whose code is here shows at once, without a fallback", async () => {
  const Today = later(load);
  await Today.preload();
  render(<Today />, { wrapper: ({ children }) => <Suspense fallback="Loading">{children}</Suspense> });
  expect(screen.getByRole("heading", { name: "Today" })).toBeDefined();
});

it("a screen whose code is not here yet shows the fallback until it is", async () => {
  const Today = later(load);
  render(<Today />, { wrapper: ({ children }) => <Suspense fallback="Loading">{children}</Suspense> });
  expect(screen.queryByText("Loading")).not.toBeNull();
  await act(() => Promise.resolve());
  expect(screen.getByRole("heading", { name: "Today" })).toBeDefined();
});

it("code that can't be fetched beforehand is fetched again when the screen is shown", async () => {
  const failingOnce = vi.fn(load).mockRejectedValueOnce(new TypeError("Failed to fetch"));
  const Today = later(failingOnce);
  await Today.preload();
  render(<Today />, { wrapper: ({ children }) => <Suspense fallback="Loading">{children}</Suspense> });
  await act(() => Promise.resolve());
  expect(screen.getByRole("heading", { name: "Today" })).toBeDefined();
});

describe("an overlay whose code can't be fetched", () => {
  function Hanging({ anchor }: { anchor?: HTMLElement | null; onClose: () => void }) {
    return anchor === null ? null : <h2>Task</h2>;
  }

  function setUp(stays: boolean) {
    const failure = new TypeError("Failed to fetch");
    const load = vi.fn(() => Promise.resolve({ default: Hanging }));
    // Beforehand, and when it is opened.
    const Task = overlay(load.mockRejectedValueOnce(failure).mockRejectedValueOnce(failure));
    function Page() {
      const [anchor, setAnchor] = useState<HTMLElement | null>(null);
      const [wasOpened, setOpened] = useState(false);
      if (anchor !== null && !wasOpened) setOpened(true);
      return (
        <>
          <button onClick={(event) => setAnchor(event.currentTarget)}>Open</button>
          {(stays ? wasOpened : anchor !== null) && <Task anchor={anchor} onClose={() => setAnchor(null)} />}
        </>
      );
    }
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    return { load, Page };
  }

  const open = () => fireEvent.click(screen.getByRole("button", { name: "Open" }));

  afterEach(() => {
    vi.restoreAllMocks();
    readToasts().forEach(({ id }) => dismissToast(id));
  });

  it.each([false, true])("is closed with a word, the page stays, and the next opening tries again (it stays there: %s)", async (stays) => {
    const { load, Page } = setUp(stays);
    render(<Page />);
    open();
    const words = "This could not be loaded. Please try again.";
    await vi.waitFor(() => expect(readToasts().map(({ text }) => text)).toEqual([words]));
    open();
    expect(await screen.findByRole("heading", { name: "Task" })).toBeDefined();
    expect(load).toHaveBeenCalledTimes(3);
  });
});

it("an overlay that is named after the others were fetched is fetched at once", async () => {
  await preloadOverlays();
  const load = vi.fn(() => Promise.resolve({ default: () => null }));
  overlay(load);
  expect(load).toHaveBeenCalledOnce();
});
