import type { Clock } from "../sync/clock";

/** Time that moves only when a test says so. */
export class FakeClock implements Clock {
  #now = Date.parse("2026-11-22T10:00:00.000Z");
  readonly #timers = new Set<{ at: number; run: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Runs what is due on the way, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) {
        break;
      }
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = end;
  }

  /** As if the device slept: time jumps, and what was due runs late. */
  sleep(ms: number): void {
    this.#now += ms;
    this.advance(0);
  }

  /** Time passes, and no timer runs: as in a tab that is hidden or busy. */
  passUnnoticed(ms: number): void {
    this.#now += ms;
  }

  get waiting(): number {
    return this.#timers.size;
  }
}
