import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useLocation } from "react-router";
import { expect, test, vi } from "vitest";

import { SignOutContext } from "../../features/account/sign-out/signOutContext";
import { TaskActionsProvider } from "../../features/tasks/TaskActionsProvider";
import type { AnyRecord } from "../../protocol/records";
import { ME, personalBoard, renderScreen } from "../../testing/renderScreen";
import CommandPalette from "./CommandPalette";

const GOAL: AnyRecord = {
  type: "goal",
  id: "g1",
  title: "Run the half marathon",
  why: "",
  owner_id: ME,
  state: "open",
  health: null,
  health_on: null,
  starts_on: "2026-10-01",
  ends_on: null,
  position: "a0",
  created_at: "2026-10-01T10:00:00.000Z",
  created_by: ME,
  deleted_at: null,
};

const nothing = () => undefined;

function Address() {
  return <output>{useLocation().pathname}</output>;
}

test("a goal that is found opens itself, not the list of goals", async () => {
  renderScreen(
    <>
      <Address />
      <TaskActionsProvider onAdd={nothing}>
        <CommandPalette onClose={nothing} newBoard={nothing} showKeys={nothing} />
      </TaskActionsProvider>
    </>,
    { boards: { [ME]: [...personalBoard(), GOAL] } },
  );
  await userEvent.type(screen.getByRole("combobox"), "half marathon{Enter}");
  expect(screen.getByRole("status", { hidden: true }).textContent).toBe(`/boards/${ME}/goals/g1`);
});

test("signing out asks the one that knows what would be lost", async () => {
  const signOutAsked = vi.fn();
  const signOut = vi.fn();
  renderScreen(
    <SignOutContext value={signOutAsked}>
      <TaskActionsProvider onAdd={nothing}>
        <CommandPalette onClose={nothing} newBoard={nothing} showKeys={nothing} />
      </TaskActionsProvider>
    </SignOutContext>,
    { sync: { signOut } },
  );
  await userEvent.type(screen.getByRole("combobox"), "sign out{Enter}");
  expect(signOutAsked).toHaveBeenCalledOnce();
  expect(signOut).not.toHaveBeenCalled();
});
