import react from "@vitejs/plugin-react";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

import { installable } from "./scripts/installable.ts";
import { precompress } from "./scripts/precompress.ts";

const NODE = "http://127.0.0.1:8000";

/** What all of Material UI stands on; menus, dialogs and fields come with what uses them. */
const MUI = /(node_modules\/(@mui\/(material\/(ButtonBase|styles)\/|system|styled-engine|private-theming)|@emotion)|src\/ui\/theme\/(Material|muiTheme))/;

/** What reads the device's own copy: all of the sync layer but what draws. */
const BEGIN = /src\/(app\/begin|protocol\/|sync\/(?!hooks|sync\.ts|today))/;

/** What boards, Today and goals draw with every task and person. */
const SIGNS = /(node_modules\/lucide-react|src\/ui\/(tasks|people|actions\/ActionMenu))/;

export default defineConfig({
  plugins: [react(), VitePWA(installable), precompress()],
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": NODE,
      "/ws": { target: NODE, ws: true },
    },
  },
  build: {
    target: "es2022",
    rolldownOptions: {
      output: {
        // Libraries change less often than our code: apart, a release leaves them in the browser's cache.
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|react-redux|react-router|scheduler)\//, priority: 3 },
            { name: "redux", test: /node_modules\/(@reduxjs|redux|reselect|immer|redux-thunk|idb)\//, priority: 2 },
            // Evaluated first: what it asks the device's store for comes while the rest is evaluated.
            { name: "begin", test: BEGIN, priority: 2 },
            { name: "mui", test: MUI, priority: 1 },
            // Else every icon and every part of a task that two screens share is a file of its own, fetched and linked one by one.
            { name: "signs", test: SIGNS },
          ],
        },
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
    restoreMocks: true,
    // Vitest leaves a core to itself, which on two is half of all.
    maxWorkers: "100%",
    // In a log that keeps little, what failed should not drown in what passed.
    reporters: process.env.CI === undefined ? ["default"] : ["dot"],
    setupFiles: ["src/testing/setup.ts"],
  },
});
