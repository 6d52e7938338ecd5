import { useRef, type TouchEvent } from "react";

import { afterPaint } from "./afterPaint";

/** A finger that leaves so far from where it came was on its way elsewhere. In CSS px: Chromium's own limit is 15. */
const TAP_PX = 10;
/** Who rests longer asks for something else: a card to be lifted, a menu. */
const TAP_MS = 400;

/** A finger that comes while the page still runs stops it, and asks for nothing else: browsers make no click of it. */
const STILL_MS = 150;

let scrolledAt = -Infinity;
document.addEventListener(
  "scroll",
  ({ timeStamp }) => {
    scrolledAt = timeStamp;
  },
  { capture: true, passive: true },
);

interface Start {
  readonly x: number;
  readonly y: number;
  readonly at: number;
}

/**
 * A button that hears a tap as the finger leaves it. A browser has half a dozen events of a mouse to make up first, each with
 * its search for what lies under it: on a slow phone that is half of the time between a tap and its answer. What is not
 * certainly a tap is left to the browser, and so are mice, keys and screen readers.
 */
export function useTap(onTap: () => void) {
  const start = useRef<Start | null>(null);
  const forget = () => {
    start.current = null;
  };
  return {
    onClick: onTap,
    onTouchStart: ({ touches, timeStamp }: TouchEvent) => {
      const touch = touches[0];
      const isAlone = touch !== undefined && touches.length === 1;
      const isStill = timeStamp - scrolledAt > STILL_MS;
      start.current = isAlone && isStill ? { x: touch.clientX, y: touch.clientY, at: timeStamp } : null;
    },
    // The browser scrolls with it, or takes it for something of its own.
    onPointerCancel: forget,
    onTouchCancel: forget,
    onTouchEnd: (event: TouchEvent<HTMLElement>) => {
      const from = start.current;
      const touch = event.changedTouches[0];
      if (from === null || touch === undefined || event.touches.length > 0) return;
      if (event.defaultPrevented || !event.cancelable) return;
      if (Math.hypot(touch.clientX - from.x, touch.clientY - from.y) > TAP_PX || event.timeStamp - from.at > TAP_MS) return;
      // Or the click would follow.
      event.preventDefault();
      const button = event.currentTarget;
      // As a click would, but behind the answer: a field that was written in is left, and the keyboard goes.
      afterPaint(() => button.focus({ preventScroll: true, focusVisible: false }));
      onTap();
    },
  };
}
