import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { storageBlocked } from "../../../sync/actions";
import { useSendCommand } from "../../../sync/hooks";
import { ME, renderScreen } from "../../../testing/renderScreen";
import { SignOutProvider } from "./SignOutProvider";
import { useSignOut } from "./signOutContext";

/** Anything from which one can sign out. */
function Anywhere() {
  const signOut = useSignOut();
  const send = useSendCommand();
  const rename = () => void send({ type: "list.edit", board_id: ME, list_id: "l1", title: "Soon" });
  return (
    <>
      <button onClick={signOut}>Leave</button>
      <button onClick={rename}>Change something</button>
    </>
  );
}

function show() {
  const signOut = vi.fn(() => Promise.resolve());
  const { store } = renderScreen(
    <SignOutProvider>
      <Anywhere />
    </SignOutProvider>,
    { sync: { signOut } },
  );
  return { signOut, store };
}

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

test("who has no change waiting is signed out at once", async () => {
  const { signOut } = show();
  await press("Leave");
  expect(signOut).toHaveBeenCalledOnce();
});

test("who has changes waiting is told what would be lost, and may stay", async () => {
  const { signOut } = show();
  await press("Change something");
  await press("Leave");
  expect(screen.getByRole("dialog", { name: "Sign out and lose changes?" }).textContent).toContain("1 change has not reached");
  await press("Cancel");
  expect(signOut).not.toHaveBeenCalled();
});

test("who has changes waiting and wants to go all the same is signed out", async () => {
  const { signOut } = show();
  await press("Change something");
  await press("Leave");
  await press("Sign out");
  expect(signOut).toHaveBeenCalledOnce();
});

test("who can't see what still waits on this device is asked, too", async () => {
  const { signOut, store } = show();
  act(() => void store.dispatch(storageBlocked()));
  await press("Leave");
  const dialog = screen.getByRole("dialog", { name: "Sign out and lose changes?" });
  expect(dialog.textContent).toContain("changes from before may still wait there");
  expect(signOut).not.toHaveBeenCalled();
});
