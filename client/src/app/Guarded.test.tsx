import { fireEvent, render, screen } from "@testing-library/react";
import { Link, MemoryRouter, useRoutes } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Guarded } from "./Guarded";

function Broken(): never {
  throw new Error("It broke.");
}

function Application() {
  return useRoutes([
    {
      Component: Guarded,
      children: [
        { path: "/broken", Component: Broken },
        { path: "/whole", element: <h1>Whole</h1> },
      ],
    },
  ]);
}

beforeEach(() => {
  // React tells the console of what it caught.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(() => vi.restoreAllMocks());

test("a screen that breaks is replaced by words, what stands around it stays, and another screen is shown as ever", () => {
  render(
    <MemoryRouter initialEntries={["/broken"]}>
      <Link to="/whole">Elsewhere</Link>
      <Application />
    </MemoryRouter>,
  );
  expect(screen.getByText("This screen could not be shown")).toBeDefined();
  fireEvent.click(screen.getByRole("link", { name: "Elsewhere" }));
  expect(screen.getByRole("heading", { name: "Whole" })).toBeDefined();
});
