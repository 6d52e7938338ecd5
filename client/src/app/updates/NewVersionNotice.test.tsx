import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { commandRefused, connectionChanged } from "../../sync/actions";
import { makePending } from "../../testing/records";
import { ME, renderScreen } from "../../testing/renderScreen";
import { AppShell } from "../shell/AppShell";
import { OutsideVersionNotice } from "./OutsideVersionNotice";

const OUTDATED = connectionChanged({ kind: "stopped", reason: "outdated" });
const OFFER = /This version is too old/;

test("inside the frame, the offer and a refusal stand in one column, so that none covers the other", () => {
  const { store } = renderScreen(
    <>
      <AppShell />
      <OutsideVersionNotice />
    </>,
  );
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

test("outside the frame, the offer stands by itself", () => {
  const { store } = renderScreen(<OutsideVersionNotice />, { signed_out: true });
  act(() => {
    store.dispatch(OUTDATED);
  });
  expect(screen.getByText(OFFER)).toBeDefined();
});
