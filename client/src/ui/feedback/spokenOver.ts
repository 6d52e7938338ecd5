import { useEffect, useRef, useSyncExternalStore, type RefObject } from "react";

/** Something that the page says while a dialog or sheet lies over it. */
export interface Spoken {
  readonly id: number;
  readonly text: string;
}

const KEPT = 10;

let spoken: readonly Spoken[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const read = (): readonly Spoken[] => spoken;

/** The last that was said over the page. */
export const useSpokenOver = (): readonly Spoken[] => useSyncExternalStore(subscribe, read);

/** Everything said before has an id of at most this. */
export const lastSpokenId = (): number => lastId;

/**
 * Hands the words of an element on as they change, while the page it stands on is hidden from screen readers: what lies
 * over the page then has to say them.
 */
export function useSayOver(element: RefObject<HTMLElement | null>): void {
  const said = useRef("");
  useEffect(() => {
    const text = element.current?.textContent ?? "";
    if (text === said.current) return;
    said.current = text;
    if (element.current?.closest("[aria-hidden='true']")) {
      lastId += 1;
      spoken = [...spoken, { id: lastId, text }].slice(-KEPT);
      listeners.forEach((listener) => listener());
    }
  });
}
