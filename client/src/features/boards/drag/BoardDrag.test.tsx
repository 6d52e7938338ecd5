import { act, fireEvent, render, screen } from "@testing-library/react";
import { useEffect } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { BoardDrag } from "./BoardDrag";
import { useDragActions, useListDrag } from "./dragContext";
import { dragHandle } from "./handles";

const FRAME_MS = 17;
const onDropTask = vi.fn();

/** Says what the list shows of a move. */
function List() {
  const { lifted_id } = useListDrag("l1");
  const { liftTask } = useDragActions();
  return (
    <>
      <output>{lifted_id ?? "at rest"}</output>
      <div {...dragHandle({ kind: "task", id: "t1" })}>Run</div>
      <button type="button" onClick={() => liftTask("t1")}>
        Lift
      </button>
    </>
  );
}

const isGrabbing = () => document.querySelector("[class*=grabbing]") !== null;
const listShows = () => document.querySelector("output")?.textContent;
const pass = (ms: number) => {
  act(() => void vi.advanceTimersByTime(ms));
};

/** What the lists show when the ghost has just gone from the page. */
const shownAtDrop: unknown[] = [];

function Ghost() {
  useEffect(() => () => void shownAtDrop.push(listShows()), []);
  return "What is held";
}

function lift() {
  fireEvent.mouseDown(screen.getByText("Run"), { clientX: 10, clientY: 10, button: 0 });
  fireEvent.mouseMove(document, { clientX: 10, clientY: 30 });
}

beforeEach(() => {
  vi.useFakeTimers();
  onDropTask.mockClear();
  shownAtDrop.length = 0;
  render(
    <BoardDrag
      mayMove
      readColumns={() => [{ list_id: "l1", title: "To do", task_ids: ["t1", "t2"] }]}
      followColumns={() => () => undefined}
      titleOf={() => "Run"}
      onDropTask={onDropTask}
      onDropList={() => undefined}
      ghost={() => <Ghost />}
    >
      <List />
    </BoardDrag>,
  );
});

afterEach(() => {
  fireEvent.mouseUp(document);
  // A drop goes on ignoring clicks for a moment.
  pass(1_000);
  vi.useRealTimers();
});

test("what is lifted is drawn first, and what the lists show of it after that frame", () => {
  lift();
  expect(screen.getByText("What is held")).toBeDefined();
  expect([listShows(), isGrabbing()]).toEqual(["at rest", false]);
  pass(FRAME_MS);
  expect([listShows(), isGrabbing()]).toEqual(["t1", true]);
});

test("a drop leaves nothing of the move, not for a moment", () => {
  lift();
  pass(FRAME_MS);
  fireEvent.mouseUp(document);
  expect(shownAtDrop).toEqual(["at rest"]);
  expect(screen.queryByText("What is held")).toBeNull();
});

test("what is let go before that frame is never shown as lifted", () => {
  lift();
  fireEvent.mouseUp(document);
  pass(FRAME_MS);
  expect(listShows()).toBe("at rest");
});

test("the next lift of the same task is drawn first again", () => {
  lift();
  pass(FRAME_MS);
  fireEvent.mouseUp(document);
  lift();
  expect(listShows()).toBe("at rest");
});

test("by keyboard the lists are the answer, and show it at once", () => {
  fireEvent.click(screen.getByText("Lift"));
  expect(listShows()).toBe("t1");
});
