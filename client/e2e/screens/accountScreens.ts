import { expect, type Page } from "@playwright/test";

import type { Person } from "../account";

/** Fills in the form that is on the screen. */
export async function fillSignUp(page: Page, { name, email, password }: Person): Promise<void> {
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Make account" }).click();
}

export async function signUp(page: Page, person: Person): Promise<void> {
  await page.goto("/sign-up");
  await fillSignUp(page, person);
  await expectSignedIn(page);
}

export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expectSignedIn(page);
}

async function expectSignedIn(page: Page): Promise<void> {
  await expect(page.getByRole("navigation", { name: "Places" })).toBeVisible();
}
