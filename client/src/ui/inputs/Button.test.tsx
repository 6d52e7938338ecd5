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

test("what is under way cannot be asked for again, says so, and keeps the focus", async () => {
  const onClick = vi.fn();
  const onSubmit = vi.fn();
  const { rerender } = render(<Button onClick={onClick}>Send</Button>);
  const button = screen.getByRole("button", { name: "Send" });
  await userEvent.click(button);
  expect(onClick).toHaveBeenCalledOnce();
  expect(button.getAttribute("aria-busy")).toBeNull();
  rerender(
    <Button loading onClick={onClick}>
      Send
    </Button>,
  );
  await userEvent.click(button);
  await userEvent.keyboard("{Enter}");
  expect(onClick).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute("aria-busy")).toBe("true");
  expect(button.getAttribute("aria-disabled")).toBe("true");
  rerender(
    <form onSubmit={onSubmit}>
      <Button loading type="submit">
        Send
      </Button>
    </form>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(onSubmit).not.toHaveBeenCalled();
});

test("what cannot be done yet does nothing", async () => {
  const onClick = vi.fn();
  render(
    <Button disabled onClick={onClick}>
      Send
    </Button>,
  );
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Send" });
  expect(button.disabled).toBe(true);
  await userEvent.click(button, { pointerEventsCheck: 0 });
  expect(onClick).not.toHaveBeenCalled();
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
