import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import type { Command } from "../../protocol/commands";
import { commandRefused } from "../../sync/actions";
import { newId } from "../../sync/ids";
import { makePending } from "../../testing/records";
import { ME, renderScreen } from "../../testing/renderScreen";
import { RefusedNotices } from "./RefusedNotices";

const AT = "2026-11-22T10:00:00.000Z";
const comment: Command = { type: "comment.create", board_id: ME, comment_id: newId(), task_id: newId(), text: "Half-way there" };
const move = (task_id: string): Command => ({ type: "task.move", board_id: ME, task_id, list_id: "l1", position: "a0" });

function show(...commands: Command[]) {
  const tryAgain = vi.fn();
  const dismissNotice = vi.fn();
  const stage = renderScreen(<RefusedNotices />, { sync: { tryAgain, dismissNotice } });
  const ids = commands.map((command) => {
    const pending = makePending(command);
    const notice = { id: pending.command_id, board_id: ME, command, code: "conflict" as const, message: "No.", name: "Run", at: AT };
    act(() => void stage.store.dispatch(commandRefused({ pending, notice })));
    return notice.id;
  });
  return { tryAgain, dismissNotice, ids };
}

test("a refused text is not lost: it is shown, and can be sent once more", () => {
  const { tryAgain, ids } = show(comment);
  expect(screen.getByText("The comment “Run” was not added.")).toBeTruthy();
  expect(screen.getByText("Half-way there")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(tryAgain.mock.calls).toEqual(ids.map((id) => [id]));
});

test("many of one reason are one notice, in which each can be read", () => {
  const { dismissNotice, ids } = show(...["1", "2", "3", "4", "5"].map(move));
  expect(screen.getByText("2 more were not done.")).toBeTruthy();
  expect(screen.getAllByText("The task “Run” was not moved.")).toHaveLength(5);
  fireEvent.click(screen.getByRole("button", { name: "Discard" }));
  expect(dismissNotice.mock.calls).toEqual(ids.map((id) => [id]));
});
