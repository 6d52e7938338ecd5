/** Windows that lie under others draw no frames. */
const LATEST_MS = 100;

/**
 * Runs when the frame that is due is on the screen, so that an answer is seen before the work that it stands for begins; at
 * once when the page is left or put aside. The returned function cancels.
 */
export function afterPaint(run: () => void): () => void {
  const waiting = new AbortController();
  const { signal } = waiting;
  const go = () => {
    if (signal.aborted) return;
    waiting.abort();
    run();
  };
  // Before those who then say goodbye: what is asked now goes with it.
  window.addEventListener("pagehide", go, { signal, capture: true });
  document.addEventListener("visibilitychange", go, { signal, capture: true });
  // The callback stands before its frame; what it asks for comes after it.
  const frame = requestAnimationFrame(() => setTimeout(go));
  const timer = setTimeout(go, LATEST_MS);
  signal.addEventListener("abort", () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  });
  return () => waiting.abort();
}
