import type { Clock } from "../clock";
import type { TabChannel, TabLock } from "./tabMessages";

/** How often a tab asks whether somebody leads. */
const ASK_MS = 900;
/** So many questions in a row without an answer: the leader is frozen, though its lock is still held. */
const UNANSWERED = 3;

export interface LeadershipParts {
  readonly lock: TabLock;
  readonly channel: Pick<TabChannel, "post">;
  readonly clock: Clock;
  readonly onLead: () => void;
  /** Another tab leads now; what this one had to do with the server is over. */
  readonly onLost: () => void;
}

/**
 * Which of the browser's tabs holds the socket.
 *
 * The Web Lock names one and passes on when that tab is closed or crashes. A frozen tab keeps its lock, so the others
 * ask, and one that gets no answer steals it. They ask, instead of listening for a beat: a hidden tab's timers run as
 * rarely as once a minute, while its answer to a message comes at once.
 */
export class Leadership {
  #term = 0;
  #isLeading = false;
  #isStopped = false;
  #unanswered = 0;
  #queued: AbortController | null = null;
  #release: (() => void) | null = null;
  #cancelAsk: (() => void) | null = null;

  constructor(private readonly parts: LeadershipParts) {}

  get isLeading(): boolean {
    return this.#isLeading;
  }

  get term(): number {
    return this.#term;
  }

  start(): void {
    this.#queue();
    this.#ask();
  }

  stop(): void {
    this.#isStopped = true;
    this.#isLeading = false;
    this.#cancelAsk?.();
    this.#queued?.abort();
    this.#release?.();
  }

  /** Somebody wants to know. */
  asked(): void {
    if (this.#isLeading) {
      this.parts.channel.post({ kind: "leads", term: this.#term });
    }
  }

  /** A leader was heard; whether it is the one whose word counts. */
  heard(term: number): boolean {
    if (term < this.#term) {
      return false;
    }
    this.#unanswered = 0;
    if (this.#isLeading) {
      // The lock was stolen while this tab slept. The lock says so too, but messages may come before that.
      this.#release?.();
      this.#lost();
    }
    this.#term = term;
    return true;
  }

  #queue(): void {
    const queued = new AbortController();
    this.#queued = queued;
    this.#request({ signal: queued.signal });
  }

  #steal(): void {
    this.#queued?.abort();
    this.#unanswered = 0;
    this.#request({ steal: true });
  }

  #request(options: { steal?: boolean; signal?: AbortSignal }): void {
    let release: (() => void) | null = null;
    const isHeld = () => release !== null && this.#release === release;
    const hold = () =>
      new Promise<void>((resolve) => {
        if (this.#isStopped) {
          resolve();
          return;
        }
        release = resolve;
        this.#release = resolve;
        this.#lead();
      });
    this.parts.lock.request(options, hold).catch(() => {
      // Given up by this tab itself, or stolen from it.
      if (isHeld()) {
        this.#lost();
      }
    });
  }

  #lead(): void {
    this.#cancelAsk?.();
    this.#isLeading = true;
    this.#term = Math.max(this.#term + 1, this.parts.clock.now());
    this.parts.channel.post({ kind: "leads", term: this.#term });
    this.parts.onLead();
  }

  #lost(): void {
    this.#release = null;
    if (this.#isLeading && !this.#isStopped) {
      this.#isLeading = false;
      this.parts.onLost();
      this.#unanswered = 0;
      this.#queue();
      this.#ask();
    }
  }

  #ask(): void {
    if (this.#unanswered >= UNANSWERED) {
      this.#steal();
    }
    this.#unanswered += 1;
    this.parts.channel.post({ kind: "asked" });
    this.#cancelAsk = this.parts.clock.after(ASK_MS, () => this.#ask());
  }
}
