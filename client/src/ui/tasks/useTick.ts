import { useRef, useState } from "react";

import { afterPaint } from "../feedback/afterPaint";

/**
 * Answers a press before it is done: the check is drawn alone first, and all else that a tick brings comes after that frame.
 * Who presses again before it was done takes it back, and nothing has happened.
 */
export function useTick(done: boolean, onToggle: () => void): { shown: boolean; press: () => void } {
  const [isAsked, setIsAsked] = useState(false);
  const cancel = useRef<(() => void) | null>(null);

  const press = () => {
    if (cancel.current !== null) {
      cancel.current();
      cancel.current = null;
      setIsAsked(false);
      return;
    }
    setIsAsked(true);
    cancel.current = afterPaint(() => {
      cancel.current = null;
      onToggle();
      setIsAsked(false);
    });
  };

  return { shown: isAsked ? !done : done, press };
}
