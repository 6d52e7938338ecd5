import { act, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";

import { BottomSheet } from "../layout/BottomSheet";
import { ConfirmDialog } from "../layout/ConfirmDialog";
import { Notice } from "./Notice";
import { ToastRegion } from "./ToastRegion";
import { dismissToast, readToasts, showToast } from "./toasts";

afterEach(() => act(() => readToasts().forEach(({ id }) => dismissToast(id))));

const nothing = () => undefined;
const inSheet = () => within(screen.getByRole("dialog", { name: "Task: Run" }));

function Page({ refusal }: { refusal?: string }) {
  return (
    <>
      <ToastRegion />
      {refusal !== undefined && <Notice tone="bad">{refusal}</Notice>}
      <BottomSheet name={{ "aria-label": "Task: Run" }} onClose={nothing}>
        <Notice tone="info">What stands in the sheet</Notice>
      </BottomSheet>
    </>
  );
}

test("what is said while a sheet hides the page from screen readers, the sheet says", () => {
  const { rerender } = render(<Page />);
  act(() => void showToast("Completed “Run”"));
  rerender(<Page refusal="“Swim” was not added." />);
  expect(inSheet().getByText("Completed “Run”").closest("[aria-live=polite]")).not.toBeNull();
  expect(inSheet().getByText("“Swim” was not added.").closest("[aria-live=polite]")).not.toBeNull();
});

test("what stands in the sheet itself, and what was said before it opened, is not said twice", () => {
  const { unmount } = render(<Page />);
  act(() => void showToast("Before"));
  unmount();
  render(<Page />);
  expect(inSheet().getAllByText("What stands in the sheet")).toHaveLength(1);
  expect(inSheet().queryByText("Before")).toBeNull();
});

test("of two that lie over each other, the upper one is heard", () => {
  render(
    <>
      <Page />
      <ConfirmDialog title="Sign out?" confirm="Sign out" onConfirm={nothing} onClose={nothing}>
        All changes have reached the server by now.
      </ConfirmDialog>
    </>,
  );
  act(() => void showToast("Saved"));
  expect(within(screen.getByRole("dialog", { name: "Sign out?" })).getByText("Saved")).toBeDefined();
});
