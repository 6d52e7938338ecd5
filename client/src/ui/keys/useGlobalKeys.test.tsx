import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { useGlobalKeys, type KeyMap } from "./useGlobalKeys";

function Keys({ keys }: { keys: KeyMap }) {
  useGlobalKeys(keys);
  return <input aria-label="Text" />;
}

test("single keys work anywhere but where somebody types", async () => {
  const add = vi.fn();
  render(<Keys keys={{ q: add }} />);
  await userEvent.keyboard("q");
  expect(add).toHaveBeenCalledOnce();
  await userEvent.type(screen.getByLabelText("Text"), "q");
  expect(add).toHaveBeenCalledOnce();
});

test("the command key works while somebody types, too", async () => {
  const find = vi.fn();
  render(<Keys keys={{ "mod+k": find }} />);
  await userEvent.type(screen.getByLabelText("Text"), "{Control>}k{/Control}");
  expect(find).toHaveBeenCalledOnce();
});

test("two keys in a row are one", async () => {
  const goToday = vi.fn();
  const other = vi.fn();
  render(<Keys keys={{ "g t": goToday, t: other }} />);
  await userEvent.keyboard("gt");
  expect(goToday).toHaveBeenCalledOnce();
  expect(other).not.toHaveBeenCalled();
});

test("single keys rest while a dialog is open", async () => {
  const add = vi.fn();
  render(
    <>
      <Keys keys={{ q: add }} />
      <div role="dialog" aria-modal="true" />
    </>,
  );
  await userEvent.keyboard("q");
  expect(add).not.toHaveBeenCalled();
});
