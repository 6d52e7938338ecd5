import { act, fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import type { ChangesPage } from "../../../protocol/http";
import type { Change } from "../../../protocol/messages";
import { connectionChanged, noticesRead } from "../../../sync/actions";
import { ApiError } from "../../../sync/apiError";
import type { Visit } from "../../../sync/state";
import type { Sync } from "../../../sync/sync";
import { makeBoard, makeChange, makeTask } from "../../../testing/records";
import { ME, renderScreen } from "../../../testing/renderScreen";
import { WhileAway } from "./WhileAway";

const BOARD = "0190aaaa-0000-7000-8000-0000000000bb";
const BO = "0190aaaa-0000-7000-8000-00000000000b";
const AT = "2026-11-22T10:00:00.000Z";
const BO_HERE = { type: "member" as const, id: BO, name: "Bo", color: 2, role: "editor" as const, joined_at: AT };

/** The board is shown once its visit is known, as after a start. */
function Door() {
  const [isOpen, setOpen] = useState(false);
  return isOpen ? <WhileAway boardId={BOARD} /> : <button onClick={() => setOpen(true)}>Open</button>;
}

async function comeBack(read: () => Promise<ChangesPage>, visit: Partial<Visit> = {}) {
  const leaveBoard = vi.fn();
  const readChanges = vi.fn(read);
  const boards = { [BOARD]: [...makeBoard(BOARD), BO_HERE, makeTask("t1", { title: "Run" })] };
  const { store } = renderScreen(<Door />, { boards, sync: { leaveBoard, api: { readChanges } as unknown as Sync["api"] } });
  const visits = [{ board_id: BOARD, epoch: "e", seq: 0, at: 0, ...visit }];
  act(() => {
    store.dispatch(noticesRead({ refusals: [], lost_values: [], visits }));
    store.dispatch(connectionChanged({ kind: "live", connection_id: "c" }));
  });
  await act(async () => {
    fireEvent.click(screen.getByRole("button", { name: "Open" }));
    await Promise.resolve();
  });
  return { leaveBoard, readChanges };
}

const page = (...changes: Change[]): Promise<ChangesPage> => Promise.resolve({ board_id: BOARD, epoch: "e", seq: 9, changes });
const done = { ...makeChange(2, [{ type: "task", id: "t1", completed_at: AT }]), by: BO };
const offer = () => screen.queryByRole("region", { name: "While you were away" });

test("what others did is offered, unfolded on request, and let go", async () => {
  const { leaveBoard } = await comeBack(() => page(done));
  expect(offer()?.textContent).toContain("1 thing by Bo");
  expect(leaveBoard).toHaveBeenLastCalledWith(BOARD, { after_seq: 1, to_seq: 2 });
  fireEvent.click(screen.getByRole("button", { name: /While you were away/ }));
  expect(screen.getByRole("listitem").textContent).toContain("Bo completed Run");
  expect(screen.getByRole("link", { name: "Run" }).getAttribute("href")).toContain(`task=${BOARD}.t1`);
  fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(offer()).toBeNull();
});

test("what was offered and not looked at is offered again after a reload, without what was seen since", async () => {
  const seen = { ...makeChange(3, [{ type: "task", id: "t1", title: "Run far" }]), by: BO };
  const { leaveBoard, readChanges } = await comeBack(() => page(done, seen), {
    seq: 3,
    at: Date.now() + 60_000,
    missed: { after_seq: 1, to_seq: 2 },
  });
  expect(readChanges).toHaveBeenCalledExactlyOnceWith(BOARD, expect.objectContaining({ after: 1 }));
  expect(offer()?.textContent).toContain("1 thing by Bo");
  expect(leaveBoard).toHaveBeenLastCalledWith(BOARD, { after_seq: 1, to_seq: 2 });
  fireEvent.click(screen.getByRole("button", { name: /While you were away/ }));
  expect(leaveBoard).toHaveBeenLastCalledWith(BOARD, null);
  expect(offer()).not.toBeNull();
});

test("nothing is offered of what I did myself", async () => {
  await comeBack(() => page({ ...done, by: ME }));
  expect(offer()).toBeNull();
});

test("who looked away for a moment has missed nothing", async () => {
  const { readChanges } = await comeBack(() => page(done), { at: Date.now() + 60_000 });
  expect(readChanges).not.toHaveBeenCalled();
  expect(offer()).toBeNull();
});

test("what could not be read yet stays owed: the board does not count as seen", async () => {
  const { leaveBoard } = await comeBack(() => Promise.reject(new ApiError(503, "unavailable", "Later.")));
  expect(offer()).toBeNull();
  expect(leaveBoard).not.toHaveBeenCalled();
});

test("what the log no longer tells is not waited for", async () => {
  const { leaveBoard } = await comeBack(() => Promise.reject(new ApiError(410, "trimmed", "No longer.")));
  expect(offer()).toBeNull();
  expect(leaveBoard).toHaveBeenCalledOnce();
});

test("another life of the log has no such list", async () => {
  await comeBack(async () => ({ ...(await page(done)), epoch: "another" }));
  expect(offer()).toBeNull();
});
