import { useEffect } from "react";

import type { Step } from "./places";

const STEPS: Record<string, Step> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "first",
  End: "last",
};

interface KeyboardMove {
  step: (step: Step) => void;
  drop: () => void;
  cancel: () => void;
}

/** While something is lifted by keyboard, the keys belong to it: arrows move, Space and Enter drop, Escape cancels. */
export function useKeyboardMove(isLifted: boolean, { step, drop, cancel }: KeyboardMove): void {
  useEffect(() => {
    if (!isLifted) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const direction = STEPS[event.key];
      if (direction !== undefined) step(direction);
      else if (event.key === " " || event.key === "Enter") drop();
      else if (event.key === "Escape") cancel();
      else if (event.key === "Tab") {
        cancel();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    };
    // First of all listeners: a lifted card must not also answer its row's keys.
    document.addEventListener("keydown", onKeyDown, true);
    document.addEventListener("pointerdown", cancel, true);
    return () => {
      document.removeEventListener("keydown", onKeyDown, true);
      document.removeEventListener("pointerdown", cancel, true);
    };
  }, [isLifted, step, drop, cancel]);
}
