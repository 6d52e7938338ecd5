/** Time, as the parts of sync that wait for it see it; tests turn it by hand. */
export interface Clock {
  /** Milliseconds since 1970 by this device's clock. */
  now(): number;
  /** Runs once after a while; the answer cancels. */
  after(ms: number, run: () => void): () => void;
}

export const deviceClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
