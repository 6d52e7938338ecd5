import type { Page } from "@playwright/test";

interface Probes {
  answer: Promise<number>;
  longTasks: number[];
  frames: number[];
  isFollowing: boolean;
}

/** What a page notes about itself while it is measured. */
declare global {
  interface Window {
    probes: Probes;
  }
}

/** Sets up what the others below read; before the page is opened. */
export function installProbes(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    window.probes = { answer: Promise.resolve(0), longTasks: [], frames: [], isFollowing: false };
    new PerformanceObserver((list) => {
      window.probes.longTasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: "longtask", buffered: true });
  });
}

/** From the start of the navigation to the painted frame in which so many elements are there. */
export async function openMs(page: Page, path: string, selector: string, count: number): Promise<number> {
  await page.goto(path, { waitUntil: "commit" });
  return page.evaluate(
    ([wanted, least]) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelectorAll(wanted).length < least) {
            requestAnimationFrame(look);
            return;
          }
          // A message is heard after the frame that is being drawn now.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now());
          port2.postMessage(null);
        };
        look();
      }),
    [selector, count] as const,
  );
}

/** From an event, by the moment its hardware would name, to the painted frame in which the selector finds something. */
export async function answerMs(page: Page, event: string, selector: string, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(
    ([type, wanted]) => {
      window.probes.answer = new Promise((resolve) => {
        const onEvent = ({ timeStamp }: Event) => {
          const look = () => {
            if (document.querySelector(wanted) === null) {
              requestAnimationFrame(look);
              return;
            }
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - timeStamp);
            port2.postMessage(null);
          };
          requestAnimationFrame(look);
        };
        document.addEventListener(type, onEvent, { capture: true, once: true });
      });
    },
    [event, selector] as const,
  );
  await act();
  return page.evaluate(() => window.probes.answer);
}

/** The moments of all frames drawn while something happens, in ms. */
export async function framesDuring(page: Page, act: () => Promise<unknown>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const { probes } = window;
    Object.assign(probes, { frames: [], isFollowing: true });
    const note = (at: number) => {
      probes.frames.push(at);
      if (probes.isFollowing) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await act();
  return page.evaluate(() => {
    window.probes.isFollowing = false;
    return window.probes.frames;
  });
}

/** The longest time for which the page could answer nobody while something happens; 0: never over 50 ms. */
export async function longestTaskDuring(page: Page, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    window.probes.longTasks = [];
  });
  await act();
  // Tasks are told of after they are over.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  return page.evaluate(() => Math.max(0, ...window.probes.longTasks));
}
