import { handleAt } from "./handles";

/** A place in the window, in px. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Gesture {
  /** A press has become a move. False: this is not to be moved. */
  readonly onLift: (handle: HTMLElement, from: Point) => boolean;
  readonly onMove: (at: Point) => void;
  readonly onDrop: () => void;
  readonly onCancel: () => void;
}

// A press becomes a move after a little way with a mouse, after a rest with a finger: scrolling never moves anything.
const MOUSE_PX = 6;
const TOUCH = { rest_ms: 220, tolerance_px: 8 };
/** However late a page hears of a finger: so long it waits for moves that are on their way. A browser tells of them once a frame. */
const LEAST_REST_MS = 50;
/** A browser tells of the click that ends a move a little later. */
const CLICK_MS = 50;

/** Follows presses on the handles in an element. The answer stops that, and cancels what is being moved. */
export function followPresses(root: HTMLElement, gesture: Gesture): () => void {
  let press: Press | null = null;
  const listeners = new AbortController();
  const { signal } = listeners;
  const begin = (event: Event, from: Point, how: "mouse" | "touch") => {
    const handle = handleAt(event.target);
    if (handle === null || press?.isOver === false) return;
    press = new Press(handle, from, gesture);
    if (how === "mouse") press.byMouse();
    else press.byTouch(event.target ?? handle, event.timeStamp);
  };
  root.addEventListener(
    "mousedown",
    (event) => {
      if (event.button === 0 && !event.ctrlKey) begin(event, pointOf(event), "mouse");
    },
    { signal },
  );
  root.addEventListener(
    "touchstart",
    (event) => {
      const [touch] = event.touches;
      if (touch !== undefined && event.touches.length === 1) begin(event, pointOf(touch), "touch");
    },
    { signal, passive: true },
  );
  // Safari lets a listener that comes during a touch stop the scrolling only if there was one before.
  root.addEventListener("touchmove", () => undefined, { signal, passive: false });
  return () => {
    listeners.abort();
    press?.cancel();
  };
}

const pointOf = ({ clientX, clientY }: MouseEvent | Touch): Point => ({ x: clientX, y: clientY });

/** From pressing a handle to letting it go. */
class Press {
  isOver = false;
  #isLifted = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new AbortController();

  constructor(
    private readonly handle: HTMLElement,
    private readonly from: Point,
    private readonly gesture: Gesture,
  ) {
    const { signal } = this.#listeners;
    const cancel = () => this.cancel();
    window.addEventListener("resize", cancel, { signal });
    document.addEventListener("visibilitychange", cancel, { signal });
    // A long press asks for the link's menu.
    window.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
    document.addEventListener("keydown", (event) => this.#keyPressed(event), { signal, capture: true });
  }

  byMouse(): void {
    const { signal } = this.#listeners;
    document.addEventListener("mousemove", (event) => this.#mouseMoved(pointOf(event)), { signal });
    document.addEventListener("mouseup", () => this.#end("onDrop"), { signal });
  }

  /** A touch is told to what it began on, also when that has left the page: a card that is scrolled out of a windowed list. */
  byTouch(target: EventTarget, cameAt: number): void {
    const { signal } = this.#listeners;
    // The rest begins when the finger comes, which a busy page hears of later.
    const heardAfter = Math.max(performance.now() - cameAt, 0);
    this.#rest = setTimeout(() => this.#lift(), Math.max(TOUCH.rest_ms - heardAfter, LEAST_REST_MS));
    target.addEventListener("touchmove", (event) => this.#touchMoved(event as TouchEvent), { signal, passive: false });
    target.addEventListener("touchend", (event) => this.#touchEnded(event), { signal });
    target.addEventListener("touchcancel", () => this.cancel(), { signal });
  }

  cancel(): void {
    this.#end("onCancel");
  }

  #mouseMoved(at: Point): void {
    if (!this.#isLifted && this.#wayTo(at) >= MOUSE_PX) this.#lift();
    if (this.#isLifted) this.gesture.onMove(at);
  }

  #touchMoved(event: TouchEvent): void {
    const [touch] = event.touches;
    if (touch === undefined) return;
    if (this.#isLifted) {
      if (event.cancelable) event.preventDefault();
      this.gesture.onMove(pointOf(touch));
    } else if (this.#wayTo(pointOf(touch)) > TOUCH.tolerance_px) {
      this.cancel();
    }
  }

  #touchEnded(event: Event): void {
    // What is let go is not tapped.
    if (this.#isLifted && event.cancelable) event.preventDefault();
    this.#end("onDrop");
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.#isLifted) return;
    event.preventDefault();
    event.stopPropagation();
    this.cancel();
  }

  #wayTo({ x, y }: Point): number {
    return Math.hypot(x - this.from.x, y - this.from.y);
  }

  #lift(): void {
    if (!this.gesture.onLift(this.handle, this.from)) {
      this.cancel();
      return;
    }
    this.#isLifted = true;
    getSelection()?.removeAllRanges();
  }

  #end(how: "onDrop" | "onCancel"): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.#rest);
    this.#listeners.abort();
    if (!this.#isLifted) return;
    ignoreClick();
    this.gesture[how]();
  }
}

/** What is let go over a link does not follow it. */
function ignoreClick(): void {
  const listening = new AbortController();
  const ignore = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", ignore, { signal: listening.signal, capture: true });
  setTimeout(() => listening.abort(), CLICK_MS);
}
