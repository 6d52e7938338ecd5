/** Keeps the built application on the device, so that a page opens without a network. Answers no question about data. */

import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

import { NO_PAGES } from "./pages";
import { TAKE_OVER } from "./takeOver";

declare const self: ServiceWorkerGlobalScope & {
  /** The files of this build; the build writes them in here. */
  readonly __WB_MANIFEST: Parameters<typeof precacheAndRoute>[0];
};

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: NO_PAGES }));

// The first worker also serves the page that brought it. A later one waits until it is told to take over.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === TAKE_OVER) {
    event.waitUntil(self.skipWaiting());
  }
});
