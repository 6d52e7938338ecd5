import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { browser } from "./environment";

const events = { onOnline: vi.fn(), onOffline: vi.fn(), onShown: vi.fn(), onHidden: vi.fn(), onLeft: vi.fn() };
let stop: () => void;

beforeEach(() => {
  vi.clearAllMocks();
  stop = browser.listen(events);
});

afterEach(() => stop());

const pageEvent = (type: string, persisted: boolean) => Object.assign(new Event(type), { persisted });
const see = (state: DocumentVisibilityState) => vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);

describe("a page", () => {
  it("that comes back from where the browser has put it away counts as looked at", () => {
    window.dispatchEvent(pageEvent("pageshow", true));
    expect(events.onShown).toHaveBeenCalledOnce();
  });

  it("that is shown for the first time has nothing to make up for", () => {
    window.dispatchEvent(pageEvent("pageshow", false));
    expect(events.onShown).not.toHaveBeenCalled();
  });

  it("whose timers were stopped looks again when they run", () => {
    document.dispatchEvent(new Event("resume"));
    expect(events.onShown).toHaveBeenCalledOnce();
  });

  it("that is put away says so before it is silent", () => {
    window.dispatchEvent(pageEvent("pagehide", true));
    expect([events.onHidden, events.onLeft].map((heard) => heard.mock.calls.length)).toEqual([1, 1]);
  });
});

describe("the next frame", () => {
  it("is a moment away where somebody looks, and can be called off", () => {
    vi.useFakeTimers();
    see("visible");
    const run = vi.fn();
    browser.nextFrame(run);
    browser.nextFrame(run)();
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(50);
    expect(run).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });

  it("is now where nobody looks: timers of hidden tabs are late", () => {
    see("hidden");
    const run = vi.fn();
    browser.nextFrame(run);
    expect(run).toHaveBeenCalledOnce();
  });
});
