import { expect, type Page } from "@playwright/test";
import { type Authenticator, anAuthenticator } from "./authenticator";

/** The administrator of end-to-end tests. */
export const administrator = {
  name: "Ada Admin",
  email: "ada@example.org",
  password: "four unrelated words here",
} as const;

/** What the administrator was given when setting up their second factor. */
export type Factors = { readonly app: Authenticator; readonly recoveryCodes: readonly string[] };

/** Makes the administrator by a set-up link, with a second factor; ends at the last step of set-up, signed in. */
export async function makeAdministrator(page: Page, setupUrl: string): Promise<Factors> {
  await submitAdministrator(page, setupUrl);
  const factors = await enrol(page);
  await expect(page.getByRole("heading", { name: /What should Signalbox watch/ })).toBeVisible();
  return factors;
}

/** The first step of set-up alone; ends where the second factor is set up. */
export async function submitAdministrator(page: Page, setupUrl: string): Promise<void> {
  await page.goto(setupUrl);
  await page.getByLabel("Your name").fill(administrator.name);
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password").fill(administrator.password);
  await page.getByRole("button", { name: "Make the administrator" }).click();
  await expect(page.getByRole("heading", { name: "Set up your second factor" })).toBeVisible();
}

/** Sets up a second factor where the page asks for one, and keeps its recovery codes. */
export async function enrol(page: Page): Promise<Factors> {
  const app = anAuthenticator(await page.getByLabel("Secret", { exact: true }).inputValue());
  await page.getByLabel("Code", { exact: true }).fill(await app.nextCode());
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("heading", { name: "Keep your recovery codes" })).toBeVisible();
  const recoveryCodes = await page.getByRole("listitem").allTextContents();
  await page.getByRole("link", { name: "I have kept them" }).click();
  return { app, recoveryCodes };
}

/** Fills in the sign-in page and sends it. */
export async function submitSignIn(page: Page, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Gives the code of the authenticator app where the page asks for it. */
export async function passChallenge(page: Page, { app }: Factors): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(await app.nextCode());
  await page.getByRole("button", { name: "Go on" }).click();
}
