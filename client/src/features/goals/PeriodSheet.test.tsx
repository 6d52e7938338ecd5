import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Goal } from "../../protocol/records";
import { changesReceived } from "../../sync/actions";
import { useGoal } from "../../sync/hooks";
import { happen } from "../../testing/happen";
import { ME, personalBoard, renderScreen } from "../../testing/renderScreen";
import { PeriodSheet } from "./PeriodSheet";

const AT = "2026-11-22T10:00:00.000Z";
const GOAL: Goal = {
  type: "goal",
  id: "g1",
  title: "Read",
  why: "",
  position: "a0",
  owner_id: null,
  starts_on: "2026-01-01",
  ends_on: "2026-12-31",
  created_at: AT,
  created_by: ME,
  health: null,
  health_on: null,
  state: "open",
  deleted_at: null,
};

function Period() {
  const goal = useGoal(ME, "g1");
  return goal && <PeriodSheet boardId={ME} goal={goal} onClose={() => undefined} />;
}

test("a form sends only what was changed in it, not what others have changed meanwhile", async () => {
  const { store, sent } = renderScreen(<Period />, { boards: { [ME]: [...personalBoard(), GOAL] } });
  const put = [{ type: "goal" as const, id: "g1", ends_on: "2027-06-30" }];
  const change = { seq: 2, at: AT, by: "bo", command_id: "c", put, remove: [] };
  await happen(store, changesReceived({ board_id: ME, changes: [change], account_id: ME, received_at: 0 }));
  fireEvent.change(screen.getByLabelText("First day"), { target: { value: "2026-02-01" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(sent).toEqual([{ type: "goal.edit", board_id: ME, goal_id: "g1", starts_on: "2026-02-01" }]);
});
