import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { NO_RECORDS } from "../../../sync/records";
import { makeTask } from "../../../testing/records";
import { ME, personalBoard, renderScreen } from "../../../testing/renderScreen";
import { FieldSteps } from "./FieldSteps";

const NAMES = { list: () => undefined, person: () => undefined, day: (day: string) => day };

function show(title: string, records = personalBoard()) {
  const task = makeTask("t1", { title });
  return renderScreen(
    <FieldSteps
      board_id={ME}
      task={task}
      steps={[{ field: "title", before: "Run", after: "Walk" }]}
      names={NAMES}
      readRecords={() => ({ ...NO_RECORDS, task: { t1: task } })}
    />,
    { boards: { [ME]: [...records, task] } },
  );
}

test("a step shows old and new, and one press puts the old back", () => {
  const { sent } = show("Walk");
  expect(screen.getByText("Run").tagName).toBe("DEL");
  expect(screen.getByText("Walk").tagName).toBe("INS");
  fireEvent.click(screen.getByRole("button", { name: "Restore the title “Run”" }));
  expect(sent).toEqual([{ type: "task.edit", board_id: ME, task_id: "t1", title: "Run" }]);
});

test("what is there already needs no restoring", () => {
  show("Run");
  expect(screen.queryByRole("button")).toBeNull();
});

test("who may not edit sees the history only", () => {
  show("Walk", personalBoard().map((record) => (record.type === "member" ? { ...record, role: "viewer" as const } : record)));
  expect(screen.getByText("Run")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});
