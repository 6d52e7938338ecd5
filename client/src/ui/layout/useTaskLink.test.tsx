import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, test, vi } from "vitest";

import { TaskLink } from "../tasks/TaskLink";
import { useOpenTask, useShowTask } from "./useTaskLink";

function Screen() {
  const { open, close } = useOpenTask();
  const show = useShowTask();
  return (
    <>
      <output>{open?.task_id ?? "none"}</output>
      <TaskLink task={{ board_id: "b", task_id: "t1" }} className={undefined}>
        Task 1
      </TaskLink>
      <TaskLink task={{ board_id: "b", task_id: "t2" }} className={undefined}>
        Task 2
      </TaskLink>
      <button onClick={() => show({ board_id: "b", task_id: "t1" }, { edits_title: true })}>Write</button>
      <button onClick={close}>Close</button>
    </>
  );
}

/** A person who came from Today to a board. */
function arrive(...addresses: string[]) {
  const router = createMemoryRouter([{ path: "*", element: <Screen /> }], { initialEntries: ["/today", ...addresses] });
  render(<RouterProvider router={router} />);
  const isOpen = (task: string) => vi.waitFor(() => expect(screen.getByRole("status").textContent).toBe(task));
  return {
    isOpen,
    open: (name: string) => userEvent.click(screen.getByRole("link", { name })),
    press: (name: string) => userEvent.click(screen.getByRole("button", { name })),
    back: () => router.navigate(-1),
    address: () => router.state.location.pathname + router.state.location.search,
  };
}

test("after many tasks were opened and closed, one step back leaves the screen", async () => {
  const { open, press, isOpen, back, address } = arrive("/boards/b");
  for (let round = 0; round < 3; round += 1) {
    await open("Task 1");
    await isOpen("t1");
    await press("Close");
    await isOpen("none");
  }
  await back();
  expect(address()).toBe("/today");
});

test("one step back closes the open task", async () => {
  const { open, isOpen, back, address } = arrive("/boards/b");
  await open("Task 1");
  await back();
  await isOpen("none");
  expect(address()).toBe("/boards/b");
});

test("closing after going from task to task goes back to the screen without any", async () => {
  const { open, press, isOpen, back, address } = arrive("/boards/b?for=bo");
  await open("Task 1");
  await press("Write");
  await open("Task 2");
  await isOpen("t2");
  await press("Close");
  await isOpen("none");
  expect(address()).toBe("/boards/b?for=bo");
  await back();
  expect(address()).toBe("/today");
});

test("a task that was opened by its address closes where it is", async () => {
  const { open, press, isOpen, back, address } = arrive("/boards/b?task=b.t1");
  await press("Close");
  await isOpen("none");
  expect(address()).toBe("/boards/b");
  await back();
  expect(address()).toBe("/today");
  await open("Task 2");
  await press("Close");
  await isOpen("none");
});

test("another task that is opened from there closes, too", async () => {
  const { open, press, isOpen } = arrive("/boards/b?task=b.t1");
  await open("Task 2");
  await isOpen("t2");
  await press("Close");
  await isOpen("none");
});
