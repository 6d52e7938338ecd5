import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { Route, Routes } from "react-router";
import { beforeEach, describe, expect, test, vi } from "vitest";

import type { AnyRecord, Role, Task } from "../../protocol/records";
import { ME, renderScreen } from "../../testing/renderScreen";
import { TaskActionsContext, type TaskActions } from "../../ui/tasks/taskActions";
import BoardScreen from "./BoardScreen";

const BOARD = "0190bbbb-0000-7000-8000-00000000000b";
const AT = "2026-11-01T10:00:00.000Z";

const task = (id: string, list_id: string, position: string, fields: Partial<Task> = {}): Task => ({
  type: "task",
  id,
  list_id,
  title: `Task ${id}`,
  notes: "",
  position,
  scheduled_on: null,
  due_on: null,
  priority: 0,
  assignee_ids: [],
  created_at: AT,
  created_by: ME,
  completed_at: null,
  completed_by: null,
  deleted_at: null,
  ...fields,
});

const board = (role: Role, tasks: Task[]): AnyRecord[] => [
  { type: "board", id: BOARD, kind: "shared", title: "Our year", created_at: AT, created_by: ME, deleted_at: null },
  { type: "member", id: ME, name: "Ada Lind", color: 0, role, joined_at: AT },
  { type: "member", id: "bo", name: "Bo Berg", color: 5, role: "owner", joined_at: AT },
  { type: "list", id: "todo", title: "To do", position: "a0", created_at: AT, deleted_at: null },
  { type: "list", id: "done", title: "Done", position: "a1", created_at: AT, deleted_at: null },
  ...tasks,
];

const actions: TaskActions = {
  toggle: vi.fn(),
  remove: vi.fn(),
  chooseDate: vi.fn(),
  chooseList: vi.fn(),
  add: vi.fn(),
};

function show(role: Role, tasks: Task[], address = `/boards/${BOARD}`) {
  return renderScreen(
    <TaskActionsContext value={actions}>
      <Routes>
        <Route path="/boards/:boardId" element={<BoardScreen />} />
      </Routes>
    </TaskActionsContext>,
    { boards: { [BOARD]: board(role, tasks) }, address },
  );
}

const titles = (list: string) =>
  within(screen.getByRole("region", { name: list }))
    .queryAllByRole("link")
    .map((link) => link.textContent);

beforeEach(() => localStorage.clear());

describe("a board", () => {
  test("adds tasks where they will stand and keeps the field open", async () => {
    const user = userEvent.setup();
    const { sent } = show("editor", [task("a", "todo", "a0")]);
    await user.click(screen.getByRole("button", { name: "Add task to To do" }));
    await user.keyboard("Run 5 km{Enter}Swim{Enter}");
    expect(sent.map((command) => "title" in command && command.title)).toEqual(["Run 5 km", "Swim"]);
    expect(titles("To do")).toEqual(["Task a", "Run 5 km", "Swim"]);
    expect(screen.getByLabelText("New task in To do")).toBe(document.activeElement);
  });

  test("understands plain language where tasks are added, and keeps `#` as a mere sign", async () => {
    const user = userEvent.setup();
    const { sent } = show("editor", []);
    await user.click(screen.getByRole("button", { name: "Add task to To do" }));
    await user.keyboard("Run #5 p1 @bo");
    await user.click(screen.getByRole("option", { name: /Bo Berg/ }));
    await user.keyboard("{Enter}");
    expect(sent).toMatchObject([{ type: "task.create", list_id: "todo", title: "Run #5", priority: 1, assignee_ids: ["bo"] }]);
  });

  test("takes a long pasted list whole, and sends nothing of one with a line that is too long", async () => {
    const user = userEvent.setup();
    const { sent } = show("editor", []);
    const pasted = Array.from({ length: 40 }, (_, index) => `Call the people of house number ${index + 1}`);
    await user.click(screen.getByRole("button", { name: "Add task to To do" }));
    await user.paste([...pasted, "y".repeat(502)].join("\n"));
    await user.keyboard("{Enter}");
    expect(screen.getByRole("alert").textContent).toBe("Line 41 is too long for a title: 502 of 500 characters.");
    await user.click(document.body);
    expect(sent).toEqual([]);
    await user.click(screen.getByLabelText("New task in To do"));
    await user.keyboard("{Backspace}{Backspace}{Enter}");
    expect(sent.map((command) => "title" in command && command.title)).toEqual([...pasted, "y".repeat(500)]);
  });

  test("keeps what is understood as plain words if it is told to", async () => {
    const user = userEvent.setup();
    const { sent } = show("editor", []);
    await user.click(screen.getByRole("button", { name: "Add task to To do" }));
    await user.keyboard("Call p1");
    await user.click(screen.getByRole("button", { name: "Keep “p1” as plain words" }));
    await user.keyboard("{Enter}");
    expect(sent).toMatchObject([{ title: "Call p1", priority: 0 }]);
  });

  test("moves a task to another list by keyboard, says so, and keeps the focus on it", async () => {
    const user = userEvent.setup();
    const { sent } = show("editor", [task("a", "todo", "a0"), task("b", "todo", "a1"), task("x", "done", "a0")]);
    screen.getByRole("link", { name: "Task a" }).focus();
    await user.keyboard(" {ArrowRight}");
    expect(screen.getByText("Position 1 of 2 in Done")).toBeDefined();
    expect(sent).toEqual([]);
    await user.keyboard(" ");
    expect(sent).toMatchObject([{ type: "task.move", task_id: "a", list_id: "done" }]);
    expect(titles("Done")).toEqual(["Task a", "Task x"]);
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole("link", { name: "Task a" })));
  });

  test("leaves a lifted task where it was on Escape", async () => {
    const user = userEvent.setup();
    const { sent } = show("editor", [task("a", "todo", "a0"), task("b", "todo", "a1")]);
    screen.getByRole("link", { name: "Task a" }).focus();
    await user.keyboard(" {ArrowDown}{Escape}");
    expect(screen.getByText("Task a stays where it was.")).toBeDefined();
    expect(sent).toEqual([]);
  });

  test("shows a viewer no way to change anything", async () => {
    const user = userEvent.setup();
    const { sent } = show("viewer", [task("a", "todo", "a0")]);
    expect(screen.queryByRole("button", { name: /Add task|Add list|Actions for (the list|Task)/ })).toBeNull();
    expect(screen.queryByRole("checkbox")).toBeNull();
    screen.getByRole("link", { name: "Task a" }).focus();
    await user.keyboard(" {ArrowDown} ");
    expect(sent).toEqual([]);
  });

  test("folds what was done earlier, one press away", async () => {
    const user = userEvent.setup();
    show("viewer", [task("a", "todo", "a0"), task("b", "todo", "a1", { completed_at: "2020-01-01T10:00:00.000Z" })]);
    expect(titles("To do")).toEqual(["Task a"]);
    await user.click(screen.getByRole("button", { name: "1 done earlier" }));
    expect(titles("To do")).toEqual(["Task a", "Task b"]);
  });

  test("shows one person's tasks if its address says so", () => {
    const tasks = [task("a", "todo", "a0", { assignee_ids: ["bo"] }), task("b", "todo", "a1", { assignee_ids: [ME] })];
    show("editor", tasks, `/boards/${BOARD}?for=bo`);
    expect(titles("To do")).toEqual(["Task a"]);
    expect(screen.getByRole("button", { name: "Show everyone’s tasks" })).toBeDefined();
  });

  test("says what is so where there is no such board", () => {
    show("editor", [], "/boards/0190cccc-0000-7000-8000-00000000000c");
    expect(screen.getByText("This board is not yours to see")).toBeDefined();
  });
});
