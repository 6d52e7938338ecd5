import { act } from "@testing-library/react";
import { expect, test } from "vitest";

import { TaskActionsProvider } from "../../features/tasks/TaskActionsProvider";
import { noticeDismissed, snapshotReceived } from "../../sync/actions";
import { newId } from "../../sync/ids";
import { makeTask } from "../../testing/records";
import { ME, personalBoard, renderScreen } from "../../testing/renderScreen";
import { usePaletteItems, type RunnableItem } from "./usePaletteItems";

const nothing = () => undefined;

test("the items are made anew when something that can be found changes, and by nothing else", () => {
  const made: RunnableItem[][] = [];
  function Probe() {
    made.push(usePaletteItems({ newBoard: nothing, showKeys: nothing }));
    return null;
  }
  const { store } = renderScreen(
    <TaskActionsProvider onAdd={nothing}>
      <Probe />
    </TaskActionsProvider>,
  );
  const [first] = made;

  act(() => void store.dispatch(noticeDismissed({ notice_id: newId() })));
  expect(made.at(-1)).toBe(first);

  const records = [...personalBoard(), makeTask("t1")];
  act(() => void store.dispatch(snapshotReceived({ board_id: ME, epoch: newId(), seq: 2, records })));
  expect(made.at(-1)).not.toBe(first);
  expect(made.at(-1)?.map(({ id }) => id)).toContain("t1");
});
