import { startTransition, useEffect, useState, type RefObject } from "react";

import type { Id, List } from "../../../protocol/records";

/** The narrowest that a list is beside others, in pixels. */
const LIST_PX = 280;
/** When what is on the screen has been drawn. */
const OTHERS_AFTER_MS = 100;
/** Most of a screen to either side; a whole one would touch the list after the next. */
const NEAR = "0px 90%";

/**
 * Which lists have their cards drawn: first those on the screen, then those that one step sideways leads to. What nobody
 * sees yet must not hold up the rest, and what is far away must not be styled anew with each change.
 */
export function useNearLists(scroller: RefObject<HTMLElement | null>, lists: readonly List[], isPhone: boolean): (index: number) => boolean {
  const [near, setNear] = useState<ReadonlySet<Id> | null>(null);
  useEffect(() => {
    const root = scroller.current;
    if (root === null) return;
    const observer = new IntersectionObserver((entries) => startTransition(() => setNear((known) => moved(known, entries))), {
      root,
      rootMargin: NEAR,
    });
    const timer = setTimeout(() => {
      for (const column of root.querySelectorAll("[data-column]")) observer.observe(column);
    }, OTHERS_AFTER_MS);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [scroller, lists]);
  const first = isPhone ? 1 : Math.ceil(window.innerWidth / LIST_PX);
  return (index) => (near === null ? index < first : near.has(lists[index]?.id ?? ""));
}

function moved(known: ReadonlySet<Id> | null, entries: readonly IntersectionObserverEntry[]): ReadonlySet<Id> {
  const near = new Set(known);
  for (const { target, isIntersecting } of entries) {
    const id = (target as HTMLElement).dataset.column ?? "";
    if (isIntersecting) near.add(id);
    else near.delete(id);
  }
  return near;
}
