/** Scrolls lists, and the board sideways, while something is held near their ends. */

import type { Point } from "./presses";
import { nearest, type Box } from "./zones";

/** So much of a scroller's length is an end. */
const END = 0.2;
const FASTEST_DOWN_PX_PER_MS = 2;
/** Sideways what is seen takes at least so long to pass: on a phone that is one list, and one wants to stop at it. */
const SCREEN_MS = 700;
/** A frame that took longer scrolls no further: nobody saw where it would have led. */
const LONGEST_MS = 50;

/** Marks an element as one to scroll. */
export const scrollsAtEnds = (axis: "x" | "y") => ({ "data-scrolls": axis });

/** How fast to scroll with something held there, in px/ms: the deeper in an end, the faster. Negative: towards the start. */
export function speedAt(at: number, start: number, end: number, fastest: number): number {
  const room = (end - start) * END;
  if (room <= 0) return 0;
  const depth = at < start + room ? (at - start - room) / room : at > end - room ? (at - end + room) / room : 0;
  return fastest * Math.max(-1, Math.min(1, depth));
}

/** What is held scrolls only where it has been moved to: one that is lifted at an end stays where it is. */
export class EdgeScroll {
  #last: Point;
  readonly #moved = { left: false, right: false, up: false, down: false };

  constructor(
    private readonly root: HTMLElement,
    from: Point,
  ) {
    this.#last = from;
  }

  movedTo(at: Point): void {
    const moved = this.#moved;
    moved.left ||= at.x < this.#last.x;
    moved.right ||= at.x > this.#last.x;
    moved.up ||= at.y < this.#last.y;
    moved.down ||= at.y > this.#last.y;
    this.#last = at;
  }

  /** Scrolls as far as it goes in a frame of so many ms. Whether anything has moved. */
  scroll(frameMs: number): boolean {
    const ms = Math.min(frameMs, LONGEST_MS);
    return this.#scrollList(ms) || this.#scrollBoard(ms);
  }

  #scrollList(ms: number): boolean {
    const list = nearest(boxesOf(this.root.querySelectorAll("[data-scrolls=y]")), this.#last.x, this.#last.y);
    if (list === null) return false;
    const speed = speedAt(this.#last.y, list.box.top, list.box.bottom, FASTEST_DOWN_PX_PER_MS);
    if (speed === 0 || !(speed < 0 ? this.#moved.up : this.#moved.down)) return false;
    const before = list.element.scrollTop;
    list.element.scrollTop += speed * ms;
    return list.element.scrollTop !== before;
  }

  #scrollBoard(ms: number): boolean {
    const [board] = boxesOf(this.root.querySelectorAll("[data-scrolls=x]"));
    if (board === undefined) return false;
    const { left, right } = board.box;
    const speed = speedAt(this.#last.x, left, right, (right - left) / SCREEN_MS);
    if (speed === 0 || !(speed < 0 ? this.#moved.left : this.#moved.right)) return false;
    const before = board.element.scrollLeft;
    board.element.scrollLeft += speed * ms;
    return board.element.scrollLeft !== before;
  }
}

function boxesOf(elements: Iterable<Element>): { element: Element; box: Box }[] {
  return [...elements].map((element) => ({ element, box: element.getBoundingClientRect() }));
}
