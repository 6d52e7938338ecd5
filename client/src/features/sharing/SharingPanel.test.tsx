import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { Route, Routes } from "react-router";
import { describe, expect, test } from "vitest";

import type { AnyRecord, Role } from "../../protocol/records";
import { ME, renderScreen } from "../../testing/renderScreen";
import SharingPanel from "./SharingPanel";

const BOARD = "0190bbbb-0000-7000-8000-00000000000b";
const AT = "2026-11-01T10:00:00.000Z";

const records = (mine: Role, theirs: Role): AnyRecord[] => [
  { type: "board", id: BOARD, kind: "shared", title: "Our year", created_at: AT, created_by: ME, deleted_at: null },
  { type: "member", id: ME, name: "Ada Lind", color: 0, role: mine, joined_at: AT },
  { type: "member", id: "bo", name: "Bo Berg", color: 5, role: theirs, joined_at: AT },
];

function show(mine: Role, theirs: Role) {
  return renderScreen(
    <Routes>
      <Route path="/boards/:boardId/share" element={<SharingPanel />} />
    </Routes>,
    { boards: { [BOARD]: records(mine, theirs) }, address: `/boards/${BOARD}/share` },
  );
}

describe("sharing", () => {
  test("makes an open link whose secret goes to the server and into the link, nowhere else", async () => {
    const user = userEvent.setup();
    const { sent } = show("owner", "editor");
    await user.click(screen.getByRole("button", { name: "Make link" }));
    const [command] = sent;
    if (command?.type !== "invitation.create") throw new Error("No invitation was sent.");
    expect(command).toMatchObject({ role: "editor", email: null });
    expect(command.token).toMatch(/^[A-Za-z0-9_-]{22,128}$/);
    const link = screen.getByLabelText<HTMLInputElement>("Invitation link").value;
    expect(link.endsWith(`/join/${BOARD}/${command.invitation_id}#${command.token}`)).toBe(true);
  });

  test("invites an address, and refuses what is none before sending", async () => {
    const user = userEvent.setup();
    const { sent } = show("owner", "editor");
    await user.type(screen.getByLabelText("Invite people"), "bo{Enter}");
    expect(sent).toEqual([]);
    expect(screen.getByText(/This is no address/)).toBeDefined();
    await user.type(screen.getByLabelText("Invite people"), "@example.org{Enter}");
    expect(sent).toMatchObject([{ type: "invitation.create", email: "bo@example.org" }]);
  });

  test("gives another role", async () => {
    const user = userEvent.setup();
    const { sent } = show("owner", "editor");
    await user.click(screen.getByRole("button", { name: "Role of Bo Berg: Editor" }));
    await user.click(screen.getByRole("menuitem", { name: /^Viewer/ }));
    expect(sent).toMatchObject([{ type: "member.edit", member_id: "bo", role: "viewer" }]);
  });

  test("asks before removing somebody", async () => {
    const user = userEvent.setup();
    const { sent } = show("owner", "editor");
    await user.click(screen.getByRole("button", { name: "Remove Bo Berg" }));
    expect(sent).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Remove" }));
    expect(sent).toMatchObject([{ type: "member.remove", member_id: "bo" }]);
  });

  test("shows an editor who is here, and only their own way out", () => {
    show("editor", "owner");
    expect(screen.queryByRole("button", { name: "Make link" })).toBeNull();
    expect(screen.queryByRole("button", { name: /^Role of/ })).toBeNull();
    expect(screen.queryByRole("button", { name: /^Remove/ })).toBeNull();
    expect(screen.getByRole("button", { name: "Leave board" })).toBeDefined();
  });
});
