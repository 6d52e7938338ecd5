import { expect, it } from "vitest";

import { NO_PAGES } from "./pages";

const isPage = (path: string) => !NO_PAGES.some((pattern) => pattern.test(path));

it.each(["/", "/today", "/boards/0190-af", "/boards/0190-af?task=1.2", "/apiary", "/join/0190/0191"])(
  "%s is a page, and opens without a network",
  (path) => expect(isPage(path)).toBe(true),
);

it.each(["/api", "/api/docs", "/api?x", "/ws", "/sw.js", "/robots.txt", "/manifest.webmanifest?v=1"])(
  "%s is the server's to answer",
  (path) => expect(isPage(path)).toBe(false),
);
