import { defineConfig } from "@playwright/test";

/** Debian's Chromium: Playwright's own cannot be had everywhere, and the people who run this have that one. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

export default defineConfig({
  globalSetup: "./e2e/globalSetup.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  // In a log that keeps little, what failed should not drown in what passed.
  reporter: process.env.CI === undefined ? "list" : "dot",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        // Else the browser asks its maker's hosts for this and that.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "e2e", testDir: "e2e/tests" },
    { name: "pictures", testDir: "e2e/pictures", timeout: 600_000 },
    { name: "readme-picture", testDir: "e2e/readme-picture" },
    { name: "benchmarks", testDir: "e2e/benchmarks", workers: 1 },
  ],
});
