import { expect, type Page } from "@playwright/test";

/** The administrator of end-to-end tests. */
export const administrator = {
  name: "Ada Admin",
  email: "ada@example.org",
  password: "four unrelated words here",
} as const;

/** Makes the administrator by a set-up link; ends at its second step, signed in. */
export async function makeAdministrator(page: Page, setupUrl: string): Promise<void> {
  await page.goto(setupUrl);
  await page.getByLabel("Your name").fill(administrator.name);
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password").fill(administrator.password);
  await page.getByRole("button", { name: "Make the administrator" }).click();
  await expect(page.getByRole("heading", { name: /What should Signalbox watch/ })).toBeVisible();
}

/** Fills in the sign-in page and sends it. */
export async function submitSignIn(page: Page, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
