import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import type { QuickAddContext } from "../../ui/quick-add/parseQuickAdd";
import { QuickAddForm } from "./QuickAddForm";

const context: QuickAddContext = {
  today: "2026-11-21",
  week_start: "monday",
  boards: [
    { id: "0a", name: "Personal" },
    { id: "0b", name: "Spring marathon" },
  ],
  peopleOf: () => [{ id: "bo", name: "Bo Ek" }],
  board_id: "0a",
};

function show() {
  const onAdd = vi.fn();
  const view = render(<QuickAddForm context={context} onAdd={onAdd} onCancel={() => undefined} />);
  return { onAdd, field: screen.getByRole("textbox", { name: "New task" }), marks: () => [...view.container.querySelectorAll("mark")] };
}

test("what is understood is marked while it is typed and said in clear", async () => {
  const { field, marks } = show();
  await userEvent.type(field, "Run 5 km tomorrow p1");
  expect(marks().map((mark) => mark.textContent)).toEqual(["tomorrow", "p1"]);
  expect(screen.getByText("Tomorrow")).toBeTruthy();
  expect(screen.getByText("P1")).toBeTruthy();
});

test("Enter adds the task", async () => {
  const { field, onAdd } = show();
  await userEvent.type(field, "Run 5 km tomorrow{Enter}");
  expect(onAdd).toHaveBeenCalledExactlyOnceWith(
    [expect.objectContaining({ title: "Run 5 km", scheduled_on: "2026-11-22", board_id: "0a" })],
    false,
  );
});

test("Shift Enter adds it and stays for another", async () => {
  const { field, onAdd } = show();
  await userEvent.type(field, "One{Shift>}{Enter}{/Shift}");
  expect(onAdd).toHaveBeenLastCalledWith([expect.objectContaining({ title: "One" })], true);
  expect((field as HTMLTextAreaElement).value).toBe("");
});

test("a suggestion is taken with Enter and completes the name", async () => {
  const { field, onAdd } = show();
  await userEvent.type(field, "Run #spr");
  expect(screen.getByRole("option", { name: /Spring marathon/ })).toBeTruthy();
  await userEvent.keyboard("{Enter}");
  expect((field as HTMLTextAreaElement).value).toBe("Run #Spring marathon ");
  await userEvent.keyboard("{Enter}");
  expect(onAdd).toHaveBeenCalledExactlyOnceWith([expect.objectContaining({ title: "Run", board_id: "0b" })], false);
});

test("what was understood can be turned back into words", async () => {
  const { field, onAdd } = show();
  await userEvent.type(field, "Read Friday");
  await userEvent.click(screen.getByRole("button", { name: "Keep “Friday” as plain words" }));
  await userEvent.keyboard("{Enter}");
  expect(onAdd).toHaveBeenCalledExactlyOnceWith([expect.objectContaining({ title: "Read Friday", scheduled_on: null })], false);
});

test("several pasted lines are several tasks, each read for itself", async () => {
  const { field, onAdd, marks } = show();
  await userEvent.click(field);
  await userEvent.paste("Run tomorrow\n\nSwim p1 #Spring marathon");
  expect(marks().map((mark) => mark.textContent)).toEqual(["tomorrow", "p1", "#Spring marathon"]);
  await userEvent.click(screen.getByRole("button", { name: "Add 2 tasks" }));
  expect(onAdd).toHaveBeenCalledExactlyOnceWith(
    [
      expect.objectContaining({ title: "Run", scheduled_on: "2026-11-22", board_id: "0a" }),
      expect.objectContaining({ title: "Swim", priority: 1, board_id: "0b" }),
    ],
    false,
  );
});

test("nothing is added without a title", async () => {
  const { field, onAdd } = show();
  await userEvent.type(field, "tomorrow{Enter}");
  expect(onAdd).not.toHaveBeenCalled();
});

test("a title that is too long is kept in the field and said to be so", async () => {
  const { field, onAdd } = show();
  await userEvent.click(field);
  await userEvent.paste("x".repeat(501));
  await userEvent.keyboard("{Enter}");
  expect(onAdd).not.toHaveBeenCalled();
  expect((field as HTMLTextAreaElement).value).toHaveLength(501);
  expect(screen.getByRole("alert").textContent).toBe("This is too long for a title: 501 of 500 characters.");
});
