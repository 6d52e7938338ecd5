import { useEffect, useState, type RefObject } from "react";
import { flushSync } from "react-dom";

import { EdgeScroll } from "./edgeScroll";
import { heldBy, type Held } from "./handles";
import { followPresses, type Point } from "./presses";
import type { Box } from "./zones";

/** What a pointer does with what it has lifted. */
export interface PointerMoves {
  /** False: it is not to be moved. */
  readonly lift: (held: Held) => boolean;
  readonly over: (at: Point) => void;
  readonly drop: () => void;
  readonly cancel: () => void;
}

/**
 * Moves what is lifted by mouse or finger, at most once per frame. The answer is where it stood when it was lifted.
 *
 * @param ghost what follows the pointer, moved past React: nothing else changes with each of its steps.
 */
export function usePointerDrag(
  root: RefObject<HTMLElement | null>,
  ghost: RefObject<HTMLElement | null>,
  mayMove: boolean,
  moves: PointerMoves,
): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    const element = root.current;
    if (element === null || !mayMove) return;
    let follow: Following | null = null;
    const end = (how: () => void) => {
      follow?.stop();
      follow = null;
      how();
    };
    return followPresses(element, {
      onLift: (handle, from) => {
        // Drawn at once: what has been lifted is seen in the next frame.
        const isLifted = flushSync(() => {
          setBox(handle.getBoundingClientRect());
          return moves.lift(heldBy(handle));
        });
        if (isLifted) follow = new Following(element, ghost, from, moves.over);
        return isLifted;
      },
      onMove: (at) => follow?.moveTo(at),
      onDrop: () => end(moves.drop),
      onCancel: () => end(moves.cancel),
    });
  }, [root, ghost, mayMove, moves]);
  return box;
}

/** Follows the pointer from frame to frame as long as something moves under it. */
class Following {
  #at: Point;
  #frame: number | null = null;
  #scrolledAt: number | null = null;
  readonly #edges: EdgeScroll;

  constructor(
    root: HTMLElement,
    private readonly ghost: RefObject<HTMLElement | null>,
    private readonly from: Point,
    private readonly over: PointerMoves["over"],
  ) {
    this.#at = from;
    this.#edges = new EdgeScroll(root, from);
  }

  moveTo(at: Point): void {
    this.#at = at;
    this.#edges.movedTo(at);
    this.#frame ??= requestAnimationFrame((now) => this.#draw(now));
  }

  stop(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
  }

  #draw(now: number): void {
    this.#frame = null;
    const ghost = this.ghost.current;
    // Somebody has deleted what was held.
    if (ghost === null) return;
    ghost.style.transform = `translate(${this.#at.x - this.from.x}px, ${this.#at.y - this.from.y}px)`;
    flushSync(() => this.over(this.#at));
    const isScrolling = this.#edges.scroll(this.#scrolledAt === null ? FRAME_MS : now - this.#scrolledAt);
    this.#scrolledAt = isScrolling ? now : null;
    if (isScrolling) this.#frame = requestAnimationFrame((next) => this.#draw(next));
  }
}

const FRAME_MS = 16;
