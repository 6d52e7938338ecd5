import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { connectionChanged, storageFailed } from "../../sync/actions";
import { renderScreen } from "../../testing/renderScreen";
import { OfflineBar } from "./OfflineBar";

const LIVE = connectionChanged({ kind: "live", connection_id: "c" });

test("where all is saved and kept, nothing is said", async () => {
  const { store } = renderScreen(<OfflineBar />);
  act(() => void store.dispatch(LIVE));
  await expect.poll(() => screen.queryByRole("status")).toBeNull();
});

test("a browser that stores nothing is told of, connected or not", async () => {
  const { store } = renderScreen(<OfflineBar />);
  act(() => {
    store.dispatch(LIVE);
    store.dispatch(storageFailed());
  });
  await expect.poll(() => screen.getByRole("status").textContent).toBe(
    "Saved This browser stores nothing: changes made offline will not survive a reload.",
  );
  act(() => void store.dispatch(connectionChanged({ kind: "offline" })));
  await expect.poll(() => screen.getByRole("status").textContent).toContain("Offline");
  expect(screen.getByText(/will not survive a reload/)).toBeTruthy();
});
