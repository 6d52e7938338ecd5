import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

import { DEMO_ADA } from "../account";
import { test } from "../devices";
import { signIn } from "../screens/accountScreens";
import { demoBoard, SIGNED_IN, SIGNED_OUT, stillness, type DemoBoard, type Stop } from "../tour";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Only violations are worked out in full: what passes is not read. */
const axe = (page: Page) => new AxeBuilder({ page }).options({ resultTypes: ["violations"] });

/** What axe finds wrong, short enough to read: the rule, where, and what it says. */
async function findings(check: AxeBuilder): Promise<string[]> {
  const { violations } = await check.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`));
}

/** Both themes; what does not depend on colour is looked at once. */
async function expectAccessible(page: Page, { name }: Stop): Promise<void> {
  await stillness(page);
  expect.soft(await findings(axe(page).withTags(WCAG)), `${name}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await stillness(page);
  expect.soft(await findings(axe(page).withRules("color-contrast")), `${name}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
}

async function walk(page: Page, stops: readonly Stop[], board: DemoBoard): Promise<void> {
  for (const stop of stops) {
    await test.step(stop.name, async () => {
      await stop.open(page, board);
      await expectAccessible(page, stop);
    });
  }
}

for (const kind of ["phone", "laptop"] as const) {
  test(`every screen is accessible on a ${kind}, in both themes`, async ({ nodes, openDevice }) => {
    test.setTimeout(600_000);
    const board = await demoBoard(nodes[0]);
    const page = await openDevice(kind, nodes[0], { colorScheme: "light", reducedMotion: "reduce" });
    await walk(page, SIGNED_OUT, board);
    await signIn(page, DEMO_ADA);
    await walk(page, SIGNED_IN, board);
  });
}
