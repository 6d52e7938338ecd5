/** So long a page stays empty at most. A skeleton that gives way to its screen at once costs a slow phone more than it shows. */
const LATEST_MS = 300;

/** When the first screen can be drawn as it is to stand; or else that it takes long, and what is missing should be shown. */
export function readyToDraw(...needed: readonly Promise<unknown>[]): Promise<unknown> {
  const late = new Promise((resolve) => setTimeout(resolve, LATEST_MS));
  return Promise.race([Promise.allSettled(needed), late]);
}
