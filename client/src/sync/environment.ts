import { deviceClock } from "./clock";
import type { Clock } from "./clock";
import { browserTabs } from "./tabs/browserTabs";
import type { TabGround } from "./tabs/tabMessages";
import { openWebSocket } from "./transport";
import type { OpenTransport } from "./transport";

/** What happens around the application and matters to sync. */
export interface DeviceEvents {
  onOnline(): void;
  onOffline(): void;
  /** Somebody looks at the application again. */
  onShown(): void;
  /** Nobody does any more; this may be the last that is heard. */
  onHidden(): void;
  /** The page is closed or put away. */
  onLeft(): void;
}

/** Everything outside that sync stands on, so that tests can bring their own. */
export interface Environment {
  readonly openTransport: OpenTransport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly isOnline: () => boolean;
  /** Runs once when the screen has been drawn again, at once where nobody looks; the answer cancels. */
  readonly nextFrame: (run: () => void) => () => void;
  /** What the tabs under this name share; null: each is alone. */
  readonly openTabs: (name: string) => TabGround | null;
  /** The answer stops listening. */
  readonly listen: (events: DeviceEvents) => () => void;
}

/** By a timer: frames stop in windows that lie under others, and what comes must not. */
const FRAME_MS = 16;

function nextFrame(run: () => void): () => void {
  if (document.visibilityState === "hidden") {
    // Timers of a hidden tab are late by a second, and others may look at what this one hears.
    run();
    return () => undefined;
  }
  return deviceClock.after(FRAME_MS, run);
}

export const browser: Environment = {
  openTransport: openWebSocket,
  clock: deviceClock,
  random: Math.random,
  isOnline: () => navigator.onLine,
  nextFrame,
  openTabs: browserTabs,
  listen: (events) => {
    const controller = new AbortController();
    const { signal } = controller;
    window.addEventListener("online", () => events.onOnline(), { signal });
    window.addEventListener("offline", () => events.onOffline(), { signal });
    window.addEventListener(
      "pagehide",
      () => {
        events.onHidden();
        events.onLeft();
      },
      { signal },
    );
    window.addEventListener(
      "pageshow",
      ({ persisted }) => {
        // Back from where it was put away: its socket and its place among the tabs may be gone.
        if (persisted) {
          events.onShown();
        }
      },
      { signal },
    );
    // The browser had stopped all its timers.
    document.addEventListener("resume", () => events.onShown(), { signal });
    document.addEventListener(
      "visibilitychange",
      () => {
        if (document.visibilityState === "visible") {
          events.onShown();
        } else {
          events.onHidden();
        }
      },
      { signal },
    );
    return () => controller.abort();
  },
};
