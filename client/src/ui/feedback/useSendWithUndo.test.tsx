import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";

import type { Command } from "../../protocol/commands";
import type { Outcome } from "../../sync/sync";
import { ME, renderScreen } from "../../testing/renderScreen";
import { ToastRegion } from "./ToastRegion";
import { dismissToast, readToasts } from "./toasts";
import { useSendWithUndo } from "./useSendWithUndo";

const COMPLETE: Command = { type: "task.complete", board_id: ME, task_id: "t" };
const REOPEN: Command = { type: "task.reopen", board_id: ME, task_id: "t" };

function Button() {
  const send = useSendWithUndo();
  return (
    <button type="button" onClick={() => send(COMPLETE, "Completed “Run”", REOPEN)}>
      Complete
    </button>
  );
}

/** Presses the button; the answer decides the first command. */
async function complete() {
  const sent: Command[] = [];
  let decide: (outcome: Outcome) => void = () => undefined;
  const decided = new Promise<Outcome>((resolve) => (decide = resolve));
  const sendCommand = (command: Command) => {
    sent.push(command);
    return decided;
  };
  renderScreen(
    <>
      <Button />
      <ToastRegion />
    </>,
    { sync: { sendCommand } },
  );
  await userEvent.click(screen.getByRole("button", { name: "Complete" }));
  const answer = async (outcome: Outcome) => {
    await act(async () => {
      decide(outcome);
      await decided;
    });
  };
  return { sent, answer };
}

afterEach(() => {
  act(() => readToasts().forEach(({ id }) => dismissToast(id)));
});

test("what was sent is said, and can be taken back", async () => {
  const { sent, answer } = await complete();
  await answer({ status: "done" });
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(sent).toEqual([COMPLETE, REOPEN]);
});

test("what was refused is no longer called done", async () => {
  const { answer } = await complete();
  expect(screen.getByText("Completed “Run”")).toBeTruthy();
  await answer({ status: "refused", code: "forbidden", message: "No." });
  expect(screen.queryByText("Completed “Run”")).toBeNull();
});
