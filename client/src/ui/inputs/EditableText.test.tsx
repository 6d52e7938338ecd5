import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { EditableText, type TextConflict } from "./EditableText";

const field = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Title" });

function show(value: string, extra: Partial<Parameters<typeof EditableText>[0]> = {}) {
  const onSave = vi.fn();
  const element = (now: string) => <EditableText label="Title" value={now} onSave={onSave} {...extra} />;
  const view = render(element(value));
  return { onSave, arrive: (theirs: string) => view.rerender(element(theirs)), unmount: view.unmount };
}

test("what is typed is saved on leaving the field", async () => {
  const { onSave } = show("Run");
  await userEvent.type(field(), " 5 km");
  await userEvent.tab();
  expect(onSave).toHaveBeenCalledExactlyOnceWith("Run 5 km", "Run");
});

test("Enter leaves a one-line field and saves it", async () => {
  const { onSave } = show("Run");
  await userEvent.type(field(), " far{Enter}");
  expect(onSave).toHaveBeenCalledExactlyOnceWith("Run far", "Run");
  expect(field()).not.toBe(document.activeElement);
});

test("what is typed is saved after a second of rest, once", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  const { onSave } = show("Run");
  await user.type(field(), "s");
  vi.advanceTimersByTime(1_100);
  await user.tab();
  expect(onSave).toHaveBeenCalledExactlyOnceWith("Runs", "Run");
  vi.useRealTimers();
});

test("what is typed is saved when the field goes away", async () => {
  const { onSave, unmount } = show("Run");
  await userEvent.type(field(), "s");
  unmount();
  expect(onSave).toHaveBeenCalledExactlyOnceWith("Runs", "Run");
});

describe("a one-line text, whose ends are cut before it is kept", () => {
  const onConflict = vi.fn();
  const onSave = vi.fn<(title: string, typedOver: string) => void>();

  beforeEach(() => {
    onConflict.mockReset();
    onSave.mockReset();
  });

  /** What is saved is known at once, as the guess of a command is; the server cuts, too. */
  function Known() {
    const [title, setTitle] = useState("Buy");
    onSave.mockImplementation((saved) => setTitle(saved.trim()));
    return <EditableText label="Title" value={title} onSave={onSave} onConflict={onConflict} />;
  }

  async function typeAndRest(typed: string) {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    render(<Known />);
    await user.type(field(), typed);
    act(() => void vi.advanceTimersByTime(1_100));
    vi.useRealTimers();
  }

  test("is no conflict with itself when a rest follows a space", async () => {
    await typeAndRest(" milk ");
    expect(onSave).toHaveBeenCalledExactlyOnceWith("Buy milk", "Buy");
    expect(field().value).toBe("Buy milk ");
    expect(onConflict).not.toHaveBeenCalled();
  });

  test("is written on after the rest, over what was saved", async () => {
    await typeAndRest(" milk ");
    await userEvent.type(field(), "and{Enter}");
    expect(onSave).toHaveBeenLastCalledWith("Buy milk and", "Buy milk");
  });

  test("is not saved for a space alone", async () => {
    await typeAndRest(" ");
    await userEvent.tab();
    expect(onSave).not.toHaveBeenCalled();
    expect(field().value).toBe("Buy");
  });
});

test("a text of several lines is kept as it is typed", async () => {
  const { onSave } = show("Run", { multiline: true });
  await userEvent.type(field(), "{Enter}  far{Enter}");
  await userEvent.tab();
  expect(onSave).toHaveBeenCalledExactlyOnceWith("Run\n  far\n", "Run");
});

test("a change by somebody else shows while nobody types here", () => {
  const { arrive } = show("Run");
  arrive("Walk");
  expect(field().value).toBe("Walk");
});

test("a change by somebody else never replaces what is being typed", async () => {
  const onConflict = vi.fn<(conflict: TextConflict | null) => void>();
  const { arrive, onSave } = show("Run", { onConflict });
  await userEvent.type(field(), "s");
  arrive("Walk");
  expect(field().value).toBe("Runs");
  expect(onConflict).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ theirs: "Walk" }));
  await userEvent.tab();
  expect(onSave).toHaveBeenCalledExactlyOnceWith("Runs", "Run");
});

test("a conflict is over when mine is saved, and mine says what it was typed over", async () => {
  const onConflict = vi.fn<(conflict: TextConflict | null) => void>();
  const { arrive, onSave } = show("Run", { onConflict });
  await userEvent.type(field(), "s");
  arrive("Walk");
  await userEvent.tab();
  expect(onSave).toHaveBeenCalledExactlyOnceWith("Runs", "Run");
  expect(onConflict).toHaveBeenLastCalledWith(null);
});

test("mine can be kept knowingly", async () => {
  let conflict: TextConflict | null = null;
  const { arrive, onSave } = show("Run", { onConflict: (found) => (conflict = found) });
  await userEvent.type(field(), "s");
  arrive("Walk");
  act(() => (conflict)?.keep());
  await userEvent.tab();
  expect(onSave).toHaveBeenCalledExactlyOnceWith("Runs", "Walk");
  expect(conflict).toBeNull();
});

test("theirs can be taken instead", async () => {
  let conflict: TextConflict | null = null;
  const { arrive, onSave } = show("Run", { onConflict: (found) => (conflict = found) });
  await userEvent.type(field(), "s");
  arrive("Walk");
  act(() => (conflict)?.take());
  await userEvent.tab();
  expect(field().value).toBe("Walk");
  expect(onSave).not.toHaveBeenCalled();
});

test("Escape goes back to what was known and saves nothing", async () => {
  const { onSave } = show("Run");
  await userEvent.type(field(), "s{Escape}");
  expect(field().value).toBe("Run");
  expect(onSave).not.toHaveBeenCalled();
});

test("a required text cannot be emptied", async () => {
  const { onSave } = show("Run", { required: true });
  await userEvent.clear(field());
  await userEvent.tab();
  expect(field().value).toBe("Run");
  expect(onSave).not.toHaveBeenCalled();
});

test("who may not edit reads", async () => {
  const { onSave } = show("Run", { readOnly: true });
  await userEvent.type(field(), "s");
  await userEvent.tab();
  expect(field().value).toBe("Run");
  expect(onSave).not.toHaveBeenCalled();
});
