import { useRef, useState } from "react";

import { afterPaint } from "../feedback/afterPaint";

interface Tick {
  /** What the check says. */
  readonly shown: boolean;
  /** It says so before it is done. */
  readonly isAsked: boolean;
  readonly press: () => void;
}

/**
 * Answers a press before it is done: the check is drawn alone first, and all else that a tick brings comes after that frame.
 * Who presses again before it was done takes it back, and nothing has happened.
 */
export function useTick(done: boolean, onToggle: () => void): Tick {
  const [asked, setAsked] = useState<boolean | null>(null);
  const cancel = useRef<(() => void) | null>(null);

  const press = () => {
    if (cancel.current !== null) {
      cancel.current();
      cancel.current = null;
      setAsked(null);
      return;
    }
    setAsked(!done);
    cancel.current = afterPaint(() => {
      cancel.current = null;
      onToggle();
      setAsked(null);
    });
  };

  return { shown: asked ?? done, isAsked: asked !== null, press };
}
