import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { Route, Routes, useLocation } from "react-router";
import { expect, test, vi } from "vitest";

import { makeTask } from "../../../testing/records";
import { ME, personalBoard, renderScreen } from "../../../testing/renderScreen";
import { TaskActionsContext, type TaskActions } from "../../../ui/tasks/taskActions";
import BoardScreen from "../BoardScreen";
import * as shownTasks from "../useShownTasks";
import * as face from "./useTaskFace";

const actions: TaskActions = { toggle: vi.fn(), remove: vi.fn(), chooseDate: vi.fn(), chooseList: vi.fn(), add: vi.fn() };

function Address() {
  return <output>{useLocation().search}</output>;
}

function showBoard() {
  renderScreen(
    <Routes>
      <Route
        path="/boards/:boardId"
        element={
          <>
            <TaskActionsContext value={actions}>
              <BoardScreen />
            </TaskActionsContext>
            <Address />
          </>
        }
      />
    </Routes>,
    { boards: { [ME]: [...personalBoard(), makeTask("t1"), makeTask("t2")] }, address: `/boards/${ME}` },
  );
}

test("opening a task draws no card again", async () => {
  const drawn = vi.spyOn(face, "useTaskFace");
  showBoard();
  expect(drawn).toHaveBeenCalledTimes(2);
  drawn.mockClear();
  await userEvent.click(screen.getByRole("link", { name: "Task t1" }));
  expect(screen.getByText(`?task=${ME}.t1`)).toBeDefined();
  expect(drawn).not.toHaveBeenCalled();
});

test("a task that is moved draws no list again, only what stands in it", async () => {
  const drawn = vi.spyOn(shownTasks, "useShownTasks");
  showBoard();
  expect(drawn).toHaveBeenCalled();
  drawn.mockClear();
  screen.getByRole("link", { name: "Task t1" }).focus();
  await userEvent.keyboard(" {ArrowDown}");
  expect(document.querySelector("[data-drop-line]")).not.toBeNull();
  expect(drawn).not.toHaveBeenCalled();
});
