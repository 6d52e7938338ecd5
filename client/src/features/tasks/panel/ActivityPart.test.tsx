import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Change } from "../../../protocol/messages";
import type { Sync } from "../../../sync/sync";
import { makeTask } from "../../../testing/records";
import { ME, renderScreen } from "../../../testing/renderScreen";
import { ActivityPart } from "./ActivityPart";

const LENGTH = 620;

/** The log of a task that has been renamed that often. */
const LOG = Array.from({ length: LENGTH }, (_, index): Change => ({
  seq: index + 1,
  at: "2026-11-22T10:00:00.000Z",
  by: ME,
  command_id: `c${index}`,
  put: [{ type: "task", id: "t1", title: `Name ${index + 1}` }],
  remove: [],
}));

const api = {
  readChanges: (board_id: string, { after, limit = 200 }: { after: number; limit?: number }) =>
    Promise.resolve({ board_id, epoch: "e", seq: LENGTH, changes: LOG.slice(after, after + limit) }),
} as Sync["api"];

test("tells the newest first, however long the log is, and the earlier on request", async () => {
  renderScreen(<ActivityPart board_id={ME} task={makeTask("t1")} />, { sync: { api } });
  fireEvent.click(screen.getByRole("button", { name: "Activity" }));
  const lines = await screen.findAllByRole("listitem", {}, { timeout: 5_000 });
  expect(lines[0]?.textContent).toContain(`renamed it to “Name ${LENGTH}”`);
  expect(screen.queryByText(/“Name 1”/)).toBeNull();

  // By its text: among hundreds of buttons the roles take their time to be told apart.
  while (screen.queryByText("Show earlier")) {
    fireEvent.click(screen.getByText("Show earlier"));
  }
  expect(screen.getAllByRole("listitem")).toHaveLength(LENGTH);
  expect(screen.getByText(/“Name 1”/)).toBeTruthy();
}, 30_000);
