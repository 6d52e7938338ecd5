import { useEffect, useRef, useState } from "react";

import styles from "./HintLayer.module.css";

const HINTED = "[data-hint]";
const POINTED_MS = 400;
/** Room that a hint needs below what it belongs to, and at the window's edges, in pixels. */
const ROOM = { below: 40, edge: 8 };

interface Shown {
  readonly text: string;
  readonly center: number;
  readonly edge: number;
  readonly isAbove: boolean;
}

function shownFor(element: HTMLElement): Shown {
  const { left, width, top, bottom } = element.getBoundingClientRect();
  const isAbove = bottom + ROOM.below > window.innerHeight;
  return { text: element.dataset.hint ?? "", center: left + width / 2, edge: isAbove ? top : bottom, isAbove };
}

const hintedAt = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(HINTED) : null;

/**
 * Shows the hints of all elements. One for the whole page: a component around each of hundreds of faces and buttons costs
 * more than what they show. Only for the eye; what is hinted has a name of its own for screen readers.
 */
export function HintLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let over: HTMLElement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = () => {
      clearTimeout(timer);
      over = null;
      setShown(null);
    };
    const enter = (element: HTMLElement, ms: number) => {
      clearTimeout(timer);
      over = element;
      timer = setTimeout(() => {
        if (element.isConnected) setShown(shownFor(element));
      }, ms);
    };
    const onPointerOver = ({ target, pointerType }: PointerEvent) => {
      const element = hintedAt(target);
      if (element === over) return;
      if (over !== null) leave();
      if (element !== null && pointerType === "mouse") enter(element, POINTED_MS);
    };
    const onFocusIn = ({ target }: FocusEvent) => {
      const element = hintedAt(target);
      if (element !== null && target instanceof Element && target.matches(":focus-visible")) enter(element, 0);
    };
    const starts = ["pointerdown", "keydown", "scroll"] as const;
    document.addEventListener("pointerover", onPointerOver);
    document.addEventListener("focusin", onFocusIn);
    document.addEventListener("focusout", leave);
    starts.forEach((type) => document.addEventListener(type, leave, true));
    return () => {
      leave();
      document.removeEventListener("pointerover", onPointerOver);
      document.removeEventListener("focusin", onFocusIn);
      document.removeEventListener("focusout", leave);
      starts.forEach((type) => document.removeEventListener(type, leave, true));
    };
  }, []);

  useEffect(() => {
    const element = box.current;
    if (shown === null || element === null) return;
    // Kept within the window: its width is known only now.
    const half = element.offsetWidth / 2;
    const center = Math.min(Math.max(shown.center, ROOM.edge + half), window.innerWidth - ROOM.edge - half);
    element.style.left = `${center}px`;
  }, [shown]);

  if (shown === null) return null;
  return (
    <div
      ref={box}
      className={`${styles.hint} ${shown.isAbove ? styles.above : ""}`}
      style={{ left: shown.center, top: shown.edge }}
      aria-hidden
    >
      {shown.text}
    </div>
  );
}
