import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router";
import { expect, test, vi } from "vitest";

import { Button, ButtonLink } from "./Button";

test("a button sends no form unless it is told to", () => {
  render(
    <>
      <Button>Cancel</Button>
      <Button type="submit">Send</Button>
    </>,
  );
  expect(screen.getByRole("button", { name: "Cancel" }).getAttribute("type")).toBe("button");
  expect(screen.getByRole("button", { name: "Send" }).getAttribute("type")).toBe("submit");
});

test("what is under way cannot be asked for again, and says so", async () => {
  const onClick = vi.fn();
  render(
    <Button loading onClick={onClick}>
      Send
    </Button>,
  );
  const button = screen.getByRole("button", { name: "Send" });
  await userEvent.click(button);
  expect(onClick).not.toHaveBeenCalled();
  expect(button.getAttribute("aria-busy")).toBe("true");
});

test("a link that looks like a button leads to its place", async () => {
  render(
    <MemoryRouter>
      <Routes>
        <Route path="/" element={<ButtonLink to="/boards">See my boards</ButtonLink>} />
        <Route path="/boards" element="My boards" />
      </Routes>
    </MemoryRouter>,
  );
  await userEvent.click(screen.getByRole("link", { name: "See my boards" }));
  expect(screen.getByText("My boards")).toBeDefined();
});
