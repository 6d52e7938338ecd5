import type { ClientMessage } from "../protocol/messages";
import type { Id } from "../protocol/records";

interface Place {
  readonly board_id: Id;
  readonly task_id: Id | null;
}

/** Where I am: the screens that are open say so, and the newest of a board's is what others see. */
export class Presence {
  #places: readonly Place[] = [];

  constructor(private readonly send: (message: ClientMessage) => boolean) {}

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

  /** The server has just begun to watch for us, and knows nothing of where we are. */
  watching(boardId: Id): void {
    if (this.#newest(boardId) !== undefined) {
      this.#tell(boardId);
    }
  }

  #newest(boardId: Id): Place | undefined {
    return this.#places.findLast(({ board_id }) => board_id === boardId);
  }

  #tell(boardId: Id): void {
    const newest = this.#newest(boardId);
    const state = newest === undefined ? null : { task_id: newest.task_id };
    this.send({ type: "presence", board_id: boardId, state });
  }
}
