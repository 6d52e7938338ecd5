import type { Change } from "../protocol/messages";
import type { Id } from "../protocol/records";

/**
 * So many changes are joined at most. Well below what a node hands out one by one: a longer message has been folded,
 * and is taken as it came.
 */
const MOST_JOINED = 64;

export interface ChangeBatchesParts {
  /** Runs once when the screen has been drawn again; the answer cancels. */
  readonly nextFrame: (run: () => void) => () => void;
  readonly apply: (boardId: Id, changes: readonly Change[]) => void;
}

interface Batch {
  readonly board_id: Id;
  readonly changes: readonly Change[];
}

/**
 * Takes changes in the order in which they come, once per frame: the first at once, and what follows within the same frame
 * together. A screen that is drawn sixty times a second gains nothing from being computed five hundred times.
 */
export class ChangeBatches {
  #waiting: Batch[] = [];
  #isResting = false;
  #cancel: () => void = () => undefined;

  constructor(private readonly parts: ChangeBatchesParts) {}

  add(boardId: Id, changes: readonly Change[]): void {
    this.#waiting.push({ board_id: boardId, changes });
    if (!this.#isResting) {
      this.#applyNext();
    }
  }

  /** Takes all that waits now: what comes next is said of the state after it. */
  flush(): void {
    while (this.#waiting.length > 0) {
      this.#apply();
    }
  }

  /** Forgets what waits: it will be asked for again. */
  clear(): void {
    this.#waiting = [];
    this.#cancel();
    this.#isResting = false;
  }

  #applyNext(): void {
    this.#isResting = true;
    try {
      this.#apply();
    } finally {
      // What can't be taken must not hold up what follows.
      this.#cancel = this.parts.nextFrame(() => {
        this.#isResting = false;
        if (this.#waiting.length > 0) {
          this.#applyNext();
        }
      });
    }
  }

  #apply(): void {
    const first = this.#waiting.shift();
    if (first === undefined) {
      return;
    }
    const changes = [...first.changes];
    for (let next = this.#waiting[0]; next?.board_id === first.board_id; next = this.#waiting[0]) {
      if (changes.length + next.changes.length > MOST_JOINED) {
        break;
      }
      changes.push(...next.changes);
      this.#waiting.shift();
    }
    this.parts.apply(first.board_id, changes);
  }
}
