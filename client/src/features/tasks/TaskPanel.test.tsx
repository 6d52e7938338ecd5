import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import type { AnyRecord } from "../../protocol/records";
import { makeTask } from "../../testing/records";
import { ME, personalBoard, renderScreen } from "../../testing/renderScreen";
import { TaskActionsProvider } from "./TaskActionsProvider";
import TaskPanel from "./TaskPanel";

function show(records: AnyRecord[]) {
  const onClose = vi.fn();
  const screenOfTask = (
    <TaskActionsProvider onAdd={() => undefined}>
      <TaskPanel board_id={ME} task_id="t1" onClose={onClose} />
    </TaskActionsProvider>
  );
  return { onClose, ...renderScreen(screenOfTask, { boards: { [ME]: [...personalBoard(), ...records] } }) };
}

const write = (name: string, value: string) => {
  const field = screen.getByRole("textbox", { name });
  fireEvent.change(field, { target: { value } });
  fireEvent.blur(field);
};

test("title and notes are saved where they stand", () => {
  const { sent } = show([makeTask("t1")]);
  write("Title", "Run 10 km");
  write("Notes", "By the river");
  expect(sent).toEqual([
    { type: "task.edit", board_id: ME, task_id: "t1", title: "Run 10 km" },
    { type: "task.edit", board_id: ME, task_id: "t1", notes: "By the river" },
  ]);
});

test("the check completes and reopens", async () => {
  const { sent } = show([makeTask("t1")]);
  fireEvent.click(screen.getByRole("checkbox", { name: "Not done: Task t1" }));
  await waitFor(() => expect(sent.map(({ type }) => type)).toEqual(["task.complete"]));
  fireEvent.click(screen.getByRole("checkbox", { name: "Done: Task t1" }));
  await waitFor(() => expect(sent.map(({ type }) => type)).toEqual(["task.complete", "task.reopen"]));
});

test("deleting closes the panel", () => {
  const { sent, onClose } = show([makeTask("t1")]);
  fireEvent.click(screen.getByRole("button", { name: "Delete task" }));
  expect(sent.map(({ type }) => type)).toEqual(["task.delete"]);
  expect(onClose).toHaveBeenCalledOnce();
});

test("a comment is sent, and an unsent one is there again", () => {
  const { sent, unmount } = show([makeTask("t1")]);
  fireEvent.change(screen.getByRole("textbox", { name: "Comment" }), { target: { value: "Half-way" } });
  unmount();
  const again = show([makeTask("t1")]);
  fireEvent.click(screen.getByRole("button", { name: "Send comment" }));
  expect(sent).toEqual([]);
  expect(again.sent).toMatchObject([{ type: "comment.create", task_id: "t1", text: "Half-way" }]);
  expect(screen.getByText("Half-way")).toBeTruthy();
});

test("who has sent a comment is where the next one is written", () => {
  show([makeTask("t1")]);
  const field = screen.getByRole("textbox", { name: "Comment" });
  fireEvent.change(field, { target: { value: "Half-way" } });
  const button = screen.getByRole("button", { name: "Send comment" });
  button.focus();
  fireEvent.click(button);
  expect(document.activeElement).toBe(field);
});

test("Escape leaves the comment that is being written, which stays", () => {
  show([makeTask("t1")]);
  const field = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Comment" });
  field.focus();
  fireEvent.change(field, { target: { value: "Half-way" } });
  fireEvent.keyDown(field, { key: "Escape" });
  expect(document.activeElement).toBe(document.body);
  expect(field.value).toBe("Half-way");
});

test("a task in the trash says so and can be restored", () => {
  const { sent } = show([makeTask("t1", { deleted_at: "2026-11-22T10:00:00.000Z" })]);
  fireEvent.click(screen.getByRole("button", { name: "Restore task" }));
  expect(sent.map(({ type }) => type)).toEqual(["task.restore"]);
});

test("a task that is not there says so", () => {
  show([]);
  expect(screen.getByText("This task is not here")).toBeTruthy();
});

test("a viewer reads and is offered nothing that would be refused", () => {
  const viewer = personalBoard().map((record) => (record.type === "member" ? { ...record, role: "viewer" as const } : record));
  show([...viewer, makeTask("t1")]);
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Title" }).readOnly).toBe(true);
  expect(screen.queryByRole("button", { name: "Delete task" })).toBeNull();
  expect(screen.queryByRole("textbox", { name: "Comment" })).toBeNull();
});
