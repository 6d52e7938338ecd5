/** One short sentence at the edge of the screen, with at most one way back. */
export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

const SHOWN_MS = 6_000;
const LIMIT = 3;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();
const timers = new Map<number, ReturnType<typeof setTimeout>>();

function replace(next: readonly Toast[]): void {
  toasts = next;
  listeners.forEach((listener) => listener());
}

export function dismissToast(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  replace(toasts.filter((toast) => toast.id !== id));
}

/** Shows a toast for six seconds; the oldest gives way when there are more than three. Returns its id. */
export function showToast(text: string, action?: Toast["action"]): number {
  lastId += 1;
  const id = lastId;
  timers.set(id, setTimeout(() => dismissToast(id), SHOWN_MS));
  replace([...toasts.slice(1 - LIMIT), action ? { id, text, action } : { id, text }]);
  return id;
}

/** Keeps a toast as long as somebody points at it or has the focus in it. */
export function holdToast(id: number): void {
  clearTimeout(timers.get(id));
}

export function releaseToast(id: number): void {
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(() => dismissToast(id), SHOWN_MS));
}

export const readToasts = (): readonly Toast[] => toasts;

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
