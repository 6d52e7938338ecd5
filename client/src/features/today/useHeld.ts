import { useCallback, useEffect, useRef, useState } from "react";

const HELD_MS = 700;

/** Ids of rows that stay where they are for a moment after they were ticked. */
export function useHeld(): { held: ReadonlySet<string>; hold: (id: string) => void } {
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set());
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    return () => running.forEach((timer) => clearTimeout(timer));
  }, []);
  const hold = useCallback((id: string) => {
    setHeld((before) => new Set(before).add(id));
    const timer = setTimeout(() => {
      timers.current.delete(timer);
      setHeld((before) => new Set([...before].filter((other) => other !== id)));
    }, HELD_MS);
    timers.current.add(timer);
  }, []);
  return { held, hold };
}
