import { expect, type Page } from "@playwright/test";

/** Adds a source that is pushed to, and makes a token for it on its page. Ends there, the dialog closed. */
export async function createToken(page: Page, sourceName: string): Promise<string> {
  await page.goto("/sources/add?kind=push");
  await page.getByLabel("Name", { exact: true }).fill(sourceName);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(sourceName);
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Feeder");
  await dialog.getByRole("button", { name: "Make the token" }).click();
  const secret = await dialog.locator(".font-mono").first().textContent();
  await page.keyboard.press("Escape");
  return secret ?? "";
}
