import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { onRowKey, type RowActions } from "./rowKeys";

function showRows(actions: RowActions = {}) {
  render(
    <>
      {["One", "Two", "Three"].map((name) => (
        <a key={name} href="/x" data-row-focus onKeyDown={(event) => onRowKey(event, actions)}>
          {name}
        </a>
      ))}
    </>,
  );
  screen.getByText("Two").focus();
}

const focused = () => document.activeElement?.textContent;

test("j and k and the arrows walk from row to row", async () => {
  showRows();
  await userEvent.keyboard("j");
  expect(focused()).toBe("Three");
  await userEvent.keyboard("kk");
  expect(focused()).toBe("One");
  await userEvent.keyboard("{ArrowDown}");
  expect(focused()).toBe("Two");
  await userEvent.keyboard("{ArrowUp}");
  expect(focused()).toBe("One");
});

test("the walk ends at the ends", async () => {
  showRows();
  await userEvent.keyboard("jjj");
  expect(focused()).toBe("Three");
});

test.each([
  ["c", "complete"],
  ["e", "edit"],
  ["d", "date"],
  ["m", "move"],
  ["x", "remove"],
  ["{Delete}", "remove"],
] as const)("%s: %s", async (key, name) => {
  const action = vi.fn();
  showRows({ [name]: action });
  await userEvent.keyboard(key);
  expect(action).toHaveBeenCalledOnce();
});

test("a key whose action is not allowed does nothing", async () => {
  showRows({});
  await userEvent.keyboard("cdmx");
  expect(focused()).toBe("Two");
});

test("keys with Ctrl belong to the browser", async () => {
  const complete = vi.fn();
  showRows({ complete });
  await userEvent.keyboard("{Control>}c{/Control}");
  expect(complete).not.toHaveBeenCalled();
});

test("completing hands the focus to the next row, so that it is not lost", async () => {
  showRows({ complete: () => undefined });
  await userEvent.keyboard("c");
  expect(focused()).toBe("Three");
});
