import { test as base, expect, type Browser, type BrowserContextOptions, type Page } from "@playwright/test";

import type { Nodes } from "./installation";
import { runningNodes } from "./nodes";

/** What people hold in their hands. */
export const KINDS = {
  laptop: { viewport: { width: 1440, height: 900 } },
  tablet: { viewport: { width: 768, height: 1024 }, hasTouch: true },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
} as const satisfies Record<string, BrowserContextOptions>;

export type Kind = keyof typeof KINDS;

/** Opens a device's browser at a node: with cookies and storage of its own, and nobody signed in. */
export type OpenDevice = (kind: Kind, node: string, options?: BrowserContextOptions) => Promise<Page>;

/** What a browser says of a network that is gone is the network's trouble, and not ours. */
const OF_THE_NETWORK = /^(Failed to load resource|WebSocket connection to)/;

interface Fixtures {
  nodes: Nodes;
  openDevice: OpenDevice;
}

/** A test on the run's two nodes. It fails when any of its pages throws or complains, whatever else it finds. */
export const test = base.extend<Fixtures>({
  nodes: async ({}, provide) => {
    await provide(runningNodes());
  },
  openDevice: async ({ browser }, provide) => {
    const { open, close, complaints } = openDevices(browser);
    await provide(open);
    await close();
    expect(complaints).toEqual([]);
  },
});

function openDevices(browser: Browser) {
  const contexts: { close: () => Promise<void> }[] = [];
  const complaints: string[] = [];
  const open: OpenDevice = async (kind, node, options = {}) => {
    // A test that is about being kept on the device asks for the service worker; all others load what is served.
    const context = await browser.newContext({ serviceWorkers: "block", ...KINDS[kind], baseURL: node, ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !OF_THE_NETWORK.test(message.text())) complaints.push(message.text());
    });
    return page;
  };
  const close = () => Promise.all(contexts.map((context) => context.close()));
  return { open, close, complaints };
}
