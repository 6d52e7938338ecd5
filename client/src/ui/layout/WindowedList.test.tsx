import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { WindowedList } from "./WindowedList";

const ROW_HEIGHT = 40;

function show(count: number) {
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(ROW_HEIGHT);
  const items = Array.from({ length: count }, (_, index) => `Row ${index}`);
  render(
    <WindowedList items={items} keyOf={(item) => item} estimate={ROW_HEIGHT}>
      {(item) => <p>{item}</p>}
    </WindowedList>,
  );
}

test("a short list is drawn whole", () => {
  show(40);
  expect(screen.getAllByText(/^Row/)).toHaveLength(40);
});

test("of a long list only what is near the window is drawn, in its place", () => {
  show(500);
  expect(screen.getAllByText(/^Row/).length).toBeLessThan(60);
  expect(screen.getByText("Row 0")).toBeTruthy();
  expect(screen.queryByText("Row 499")).toBeNull();
});
