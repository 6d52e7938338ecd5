import { act, screen } from "@testing-library/react";
import { Suspense } from "react";
import { expect, test } from "vitest";

import { commandRefused, connectionChanged } from "../../sync/actions";
import type { Api } from "../../sync/api";
import { makePending } from "../../testing/records";
import { ME, renderScreen } from "../../testing/renderScreen";
import { Application } from "../routes";
import { AppShell } from "../shell/AppShell";

const OUTDATED = connectionChanged({ kind: "stopped", reason: "outdated" });
const OFFER = /This version is too old/;

test("inside the frame, the offer and a refusal stand in one column, so that none covers the other", () => {
  const { store } = renderScreen(<AppShell />);
  const pending = makePending({ type: "list.edit", board_id: ME, list_id: "l1", title: "Soon" });
  const notice = { id: "n", board_id: ME, command: pending.command, code: "forbidden", message: "No.", name: "Inbox", at: pending.at } as const;
  act(() => {
    store.dispatch(OUTDATED);
    store.dispatch(commandRefused({ pending, notice }));
  });
  const offer = screen.getByText(OFFER);
  const column = screen.getByRole("button", { name: "Reload" }).closest("[class*=said]");
  expect(column?.contains(offer)).toBe(true);
  expect(column?.contains(screen.getByText(/Inbox/, { selector: "[class*=said] *" }))).toBe(true);
});

const OUTSIDE = [
  ["who signs in", "/sign-in", true],
  ["who follows an invitation without an account", "/join/board/invitation#token", true],
  ["who follows an invitation and is signed in", "/join/board/invitation#token", false],
] as const;

test.each(OUTSIDE)("outside the frame, the offer stands by itself: for %s", async (_, address, signed_out) => {
  const sync = { api: { previewInvitation: () => new Promise<never>(() => undefined) } as unknown as Api };
  const { store } = renderScreen(<Suspense><Application /></Suspense>, { signed_out, address, sync });
  act(() => {
    store.dispatch(OUTDATED);
  });
  expect(await screen.findAllByText(OFFER)).toHaveLength(1);
});
