import type { VitePWAOptions } from "vite-plugin-pwa";

/** How the application is kept on a device and stands on its home screen: see docs/decisions/0036. */
export const installable: Partial<VitePWAOptions> = {
  strategies: "injectManifest",
  srcDir: "src/service-worker",
  filename: "sw.ts",
  // The application registers it itself: it says when a new version may take over.
  injectRegister: false,
  includeManifestIcons: false,
  injectManifest: {
    // Other scripts' letters come when a page shows them, and the browser keeps them for ever.
    globPatterns: ["**/*.{js,css,html,svg}", "icons/icon-192.png", "assets/inter-latin-wght-*.woff2"],
  },
  manifest: {
    id: "/",
    name: "Lockstep",
    short_name: "Lockstep",
    description: "Daily tasks and shared goals, live on every screen.",
    lang: "en",
    start_url: "/today",
    scope: "/",
    display: "standalone",
    background_color: "#fcfcfe",
    theme_color: "#4a52d6",
    icons: [
      { src: "/icons/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
      { src: "/favicon.svg", sizes: "any", type: "image/svg+xml" },
    ],
  },
};
