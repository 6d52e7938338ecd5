import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { TitleField } from "./TitleField";

function show(title: string) {
  const onSave = vi.fn();
  const element = (now: string) => (
    <TitleField title={now} label="Title" className={undefined} onSave={onSave} onClose={() => undefined} />
  );
  const view = render(element(title));
  return { onSave, arrive: (theirs: string) => view.rerender(element(theirs)), field: screen.getByRole("textbox") };
}

test("a title that nobody touched does not undo what somebody else made of it meanwhile", () => {
  const { onSave, arrive, field } = show("Doing");
  arrive("In work");
  fireEvent.blur(field);
  expect(onSave).not.toHaveBeenCalled();
});

test("a new title says what it was typed over", () => {
  const { onSave, arrive, field } = show("Doing");
  fireEvent.change(field, { target: { value: "Now" } });
  arrive("In work");
  fireEvent.keyDown(field, { key: "Enter" });
  expect(onSave).toHaveBeenCalledExactlyOnceWith("Now", "Doing");
});
