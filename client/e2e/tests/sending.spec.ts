import { expect, type Page } from "@playwright/test";

import { Account, somebody } from "../account";
import { test, type OpenDevice } from "../devices";

/** A page whose sign-in has been asked for once, and gets its answer when the returned function is called. */
async function signingIn(openDevice: OpenDevice, node: string) {
  const { person } = await Account.signUp(node, somebody("Ada"));
  const page = await openDevice("laptop", node);
  const asked: string[] = [];
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/session", async (route) => {
    asked.push(route.request().method());
    await answered;
    await route.continue();
  });
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "E-mail" }).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  return { page, asked, answer };
}

const signIn = (page: Page) => page.getByRole("button", { name: "Sign in" });

test("a form that is under way is not sent again, by whatever it is asked for", async ({ nodes, openDevice }) => {
  const { page, asked, answer } = await signingIn(openDevice, nodes[0]);
  await signIn(page).dblclick();
  await expect(signIn(page)).toHaveAttribute("aria-busy", "true");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await page.getByRole("textbox", { name: "E-mail" }).press("Enter");
  answer();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(asked).toHaveLength(1);
  await page.getByRole("textbox", { name: "E-mail" }).press("Enter");
  await expect.poll(() => asked.length).toBe(2);
});

test("who has pressed a button still has it when the answer comes", async ({ nodes, openDevice }) => {
  const { page, answer } = await signingIn(openDevice, nodes[0]);
  await signIn(page).press("Enter");
  await expect(signIn(page)).toHaveAttribute("aria-busy", "true");
  await expect(signIn(page)).toBeFocused();
  answer();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(signIn(page)).toBeFocused();
  await expect(signIn(page)).toBeEnabled();
});
