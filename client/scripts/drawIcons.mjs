// Draws public/icons/*.png from public/favicon.svg with a browser: `npm run icons`, after the mark has changed.

import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";

const PUBLIC = join(dirname(dirname(fileURLToPath(import.meta.url))), "public");
const MARK = readFileSync(join(PUBLIC, "favicon.svg"), "utf8");
const GROUND = /fill="(#[0-9a-f]{6})"/.exec(MARK)[1];

/** A maskable icon is cut to any shape inside the middle 80 %, so its ground fills the square and the mark shrinks. */
const ICONS = [
  { name: "icon-192.png", size: 192, mark: 1, ground: "transparent" },
  { name: "icon-512.png", size: 512, mark: 1, ground: "transparent" },
  { name: "maskable-512.png", size: 512, mark: 0.75, ground: GROUND },
  { name: "apple-touch-icon.png", size: 180, mark: 0.9, ground: GROUND },
];

mkdirSync(join(PUBLIC, "icons"), { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
for (const { name, size, mark, ground } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0;height:100vh;display:grid;place-items:center;background:${ground}}svg{width:${mark * size}px}</style>${MARK}`,
  );
  await page.screenshot({ path: join(PUBLIC, "icons", name), omitBackground: true });
}
await browser.close();
