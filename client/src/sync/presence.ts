import type { ClientMessage } from "../protocol/messages";
import type { Id } from "../protocol/records";

export interface Place {
  readonly board_id: Id;
  readonly task_id: Id | null;
}

/** Where I am: the screens that are open say so, and the newest of a board's is what others see. */
export class Presence {
  #places: readonly Place[] = [];
  /** Those of the browser's other tabs, by tab: their screens are mine, too. */
  readonly #elsewhere = new Map<Id, readonly Place[]>();

  constructor(private readonly send: (message: ClientMessage) => boolean) {}

  /** Of this tab, the newest last. */
  get places(): readonly Place[] {
    return this.#places;
  }

  /** The answer takes the place back. */
  show(boardId: Id, taskId: Id | null): () => void {
    const place: Place = { board_id: boardId, task_id: taskId };
    this.#places = [...this.#places, place];
    this.#tell(boardId);
    return () => {
      this.#places = this.#places.filter((other) => other !== place);
      this.#tell(boardId);
    };
  }

  /** Where another tab is now; nowhere, when it is closed. */
  tabIsAt(tab: Id, places: readonly Place[]): void {
    const before = this.#elsewhere.get(tab) ?? [];
    this.#elsewhere.delete(tab);
    if (places.length > 0) {
      this.#elsewhere.set(tab, places);
    }
    for (const boardId of new Set([...before, ...places].map(({ board_id }) => board_id))) {
      this.#tell(boardId);
    }
  }

  /** What other tabs said is of no use to a tab that does not lead any more. */
  forgetElsewhere(): void {
    this.#elsewhere.clear();
  }

  /** The server has just begun to watch for us, and knows nothing of where we are. */
  watching(boardId: Id): void {
    if (this.#newest(boardId) !== undefined) {
      this.#tell(boardId);
    }
  }

  #newest(boardId: Id): Place | undefined {
    return [...this.#elsewhere.values(), this.#places].flat().findLast(({ board_id }) => board_id === boardId);
  }

  #tell(boardId: Id): void {
    const newest = this.#newest(boardId);
    const state = newest === undefined ? null : { task_id: newest.task_id };
    this.send({ type: "presence", board_id: boardId, state });
  }
}
