import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { ApiError } from "../../sync/apiError";
import type { Sync } from "../../sync/sync";
import { renderScreen } from "../../testing/renderScreen";
import SignUpScreen from "./SignUpScreen";

const press = () => fireEvent.click(screen.getByRole("button", { name: "Make account" }));

function fillIn(password: string) {
  const write = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
  write("Name", "Ada Lind");
  write("E-mail", " ada@example.org ");
  write("Password", password);
  press();
}

const show = (signUp: Sync["signUp"]) => renderScreen(<SignUpScreen />, { signed_out: true, sync: { signUp } });

test("sends what was filled in, tidied", () => {
  const signUp = vi.fn(() => Promise.resolve());
  show(signUp);
  fillIn("correct horse battery");
  expect(signUp).toHaveBeenCalledExactlyOnceWith({
    name: "Ada Lind",
    email: "ada@example.org",
    password: "correct horse battery",
  });
});

test("says what is missing before it asks the server", () => {
  const signUp = vi.fn(() => Promise.resolve());
  show(signUp);
  press();
  expect(screen.getByText("Tell us what others shall call you.")).toBeTruthy();
  expect(screen.getByText("Make it at least 10 characters long.")).toBeTruthy();
  expect(signUp).not.toHaveBeenCalled();
});

test("an address that is taken: says what to do instead", async () => {
  show(() => Promise.reject(new ApiError(409, "email_taken", "Taken.")));
  fillIn("correct horse battery");
  expect((await screen.findByRole("alert")).textContent).toContain("Sign in instead");
});

test("without a network the form stays filled in", async () => {
  show(() => Promise.reject(new ApiError(0, "offline", "No connection.")));
  fillIn("correct horse battery");
  expect((await screen.findByRole("alert")).textContent).toContain("no connection");
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("Ada Lind");
});
