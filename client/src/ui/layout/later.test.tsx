import { act, render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { expect, it, vi } from "vitest";

import { later } from "./later";

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
