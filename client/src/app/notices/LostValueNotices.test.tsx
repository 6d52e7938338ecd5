import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { changesReceived, valuesLost } from "../../sync/actions";
import type { LostValue } from "../../sync/state";
import { happen } from "../../testing/happen";
import { makeTask } from "../../testing/records";
import { ME, personalBoard, renderScreen } from "../../testing/renderScreen";
import { LostValueNotices } from "./LostValueNotices";

const BO = "0190aaaa-0000-7000-8000-00000000000b";

const loss: LostValue = {
  id: "1",
  board_id: ME,
  type: "task",
  record_id: "t1",
  field: "title",
  name: "Run",
  whose: "mine",
  lost: "Run 10 km",
  kept: "Walk",
  by: BO,
  at: "2026-11-22T10:00:00.000Z",
};

function show(...losses: LostValue[]) {
  const restoreValue = vi.fn(() => true);
  const dismissLostValue = vi.fn();
  const bo = { ...personalBoard().find(({ type }) => type === "member"), id: BO, name: "Bo" } as never;
  const boards = { [ME]: [...personalBoard(), bo, makeTask("t1", { title: "Walk" })] };
  const stage = renderScreen(<LostValueNotices />, { boards, sync: { restoreValue, dismissLostValue } });
  act(() => void stage.store.dispatch(valuesLost(losses)));
  return { ...stage, restoreValue, dismissLostValue };
}

test("a lost value of mine is told with who, where and both values, and comes back by one press", () => {
  const { restoreValue } = show(loss);
  expect(screen.getByText(/^Bo changed the title without having seen yours/)).toBeTruthy();
  expect(screen.getAllByRole("definition").map((value) => value.textContent)).toEqual(["Run 10 km", "Walk"]);
  fireEvent.click(screen.getByRole("button", { name: "Restore mine" }));
  expect(restoreValue).toHaveBeenCalledExactlyOnceWith("1");
});

test("a value of theirs that mine replaced can be put back", () => {
  show({ ...loss, field: "due_on", whose: "theirs", lost: "2026-12-01", kept: null });
  expect(screen.getByText(/^Your due day of “Run” replaced Bo’s, which you had not seen/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Restore theirs" })).toBeTruthy();
});

test("it can be let go", () => {
  const { dismissLostValue } = show(loss);
  fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(dismissLostValue).toHaveBeenCalledExactlyOnceWith("1");
});

test("it goes by itself when somebody puts the value back", async () => {
  const { store } = show(loss);
  const put = [{ type: "task" as const, id: "t1", title: "Run 10 km" }];
  const change = { seq: 2, at: loss.at, by: BO, command_id: "c", put, remove: [] };
  await happen(store, changesReceived({ board_id: ME, changes: [change], account_id: ME, received_at: 0 }));
  expect(screen.queryByRole("region", { name: "Values that were replaced" })).toBeNull();
});

test("many are counted", () => {
  show(...["1", "2", "3", "4"].map((id) => ({ ...loss, id })));
  expect(screen.getAllByRole("button", { name: "Restore mine" })).toHaveLength(2);
  expect(screen.getByText("and 2 more")).toBeTruthy();
});
