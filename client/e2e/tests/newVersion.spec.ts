import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "@playwright/test";

import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { CLIENT, Installation } from "../installation";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";

/** A release: the same application under another name. */
async function release(folder: string, name: string): Promise<void> {
  const index = join(folder, "index.html");
  const worker = join(folder, "sw.js");
  const revisionOfIndex = /(?<="revision":")[0-9a-f]+(?=","url":"index\.html")/;
  const [page, script] = await Promise.all([readFile(index, "utf8"), readFile(worker, "utf8")]);
  expect(revisionOfIndex.test(script)).toBe(true);
  await Promise.all([
    writeFile(index, page.replace("<head>", `<head><meta name="release" content="${name}" />`)),
    writeFile(worker, script.replace(revisionOfIndex, randomUUID().replaceAll("-", ""))),
    rm(`${index}.gz`, { force: true }),
    rm(`${worker}.gz`, { force: true }),
  ]);
}

test("a new version waits until the person agrees, and loses nothing that still has to be sent", async ({ openDevice }) => {
  test.slow();
  const folder = await mkdtemp(join(tmpdir(), "lockstep-release-"));
  await cp(CLIENT, folder, { recursive: true });
  const installation = await Installation.start(folder);
  try {
    const { title, ada } = await sharedBoard(installation.nodes, { "To do": ["Run 5 km"], Done: [] });
    const page = await openDevice("laptop", installation.nodes[0], { serviceWorkers: "allow" });
    await signIn(page, ada.person);
    await new Shell(page).openBoard(title);
    const board = new BoardScreen(page);
    const released = page.locator("meta[name=release]");
    await page.evaluate(async () => navigator.serviceWorker.ready);

    await installation.stop();
    await release(folder, "the next");
    await installation.startAgain();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    const offer = page.getByRole("status").filter({ hasText: "A new version is ready." });
    await expect(offer).toBeVisible();
    await expect(released).toHaveCount(0);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)).toBe(true);

    await installation.stop();
    await board.check("Run 5 km").click();
    await offer.getByRole("button", { name: "Reload" }).click();
    await expect(released).toHaveAttribute("content", "the next");
    await expect(board.check("Run 5 km")).toBeChecked();
    await expect(new Shell(page).status(/1 change waiting/)).toBeVisible();
    await expect(offer).toBeHidden();

    await installation.startAgain();
    await expect(new Shell(page).status("Saved")).toBeVisible({ timeout: 60_000 });
    await expect(board.check("Run 5 km")).toBeChecked();
  } finally {
    await installation.remove();
    await rm(folder, { recursive: true, force: true });
  }
});
