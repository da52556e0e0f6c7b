import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { withOwnProduct } from "./support/own-product";
import { administrator, submitAdministrator, submitSignIn } from "./support/person";
import { runInDatabase } from "./support/product-database";
import { plugInKey, type SecurityKey } from "./support/security-key";
import { expect, test } from "./support/test";
import { watchConsole } from "./support/watch-console";

const product = withOwnProduct();
let page: Page;
let key: SecurityKey;
let complaints: () => readonly string[];

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  // A context of its own: axe opens a second page in it.
  page = await (await browser.newContext({ baseURL: product().url })).newPage();
  complaints = watchConsole(page);
  key = await plugInKey(page);
});

test.afterAll(async () => {
  await page.context().close();
});

test("a passkey is set up as the first factor, with recovery codes", async () => {
  await submitAdministrator(page, product().setupUrl ?? "");
  await page.getByRole("button", { name: "Use a passkey or security key instead" }).click();
  await expectAccessible(page);
  await page.getByLabel("Name of the passkey").fill("Blue key");
  await page.getByRole("button", { name: "Set up the passkey" }).click();
  await expect(page.getByRole("heading", { name: "Keep your recovery codes" })).toBeVisible();
  expect(await page.getByRole("listitem").allTextContents()).toHaveLength(10);
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.getByRole("heading", { name: /What should Signalbox watch/ })).toBeVisible();
  expect(await key.count()).toBe(1);
});

test("password and passkey sign in; a key whose person does not verify themselves does not", async () => {
  await page.context().clearCookies();
  await page.goto("/sign-in?next=%2Faccount");
  await submitSignIn(page, administrator.password);
  await expect(page.getByRole("heading", { name: "Give your second factor" })).toBeVisible();
  await expectAccessible(page);
  await key.setVerified(false);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByText(/Nothing was proved/)).toBeVisible({ timeout: 30_000 });
  await key.setVerified(true);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByRole("row", { name: /Blue key/ })).toBeVisible();
});

test("it is given anew before a dangerous act", async () => {
  await runInDatabase(product(), "UPDATE session SET mfa_passed_at = now() - interval '6 minutes'");
  await page.goto("/account");
  await page.getByRole("button", { name: "New recovery codes" }).click();
  await page.getByRole("button", { name: "Make them" }).click();
  const question = page.getByRole("dialog", { name: "Prove that it is you" });
  await expect(question).toBeVisible();
  await expectAccessible(page);
  await question.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("dialog", { name: "Keep your recovery codes" })).toBeVisible();
  await page.getByRole("button", { name: "I have kept them" }).click();
});

test("an administrator who came in by a code, held to passkeys, has their powers after giving one", async () => {
  await runInDatabase(product(), "UPDATE session SET mfa_kind = 'totp'");
  await runInDatabase(
    product(),
    "INSERT INTO setting (key, value) VALUES ('administratorsByPasskey', 'true')",
  );
  await page.goto("/account");
  const line = page.getByText("Your powers as an administrator wait");
  await expect(line).toBeVisible();
  await expect(page.getByRole("link", { name: "Sources" })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Use a passkey" }).click();
  await expect(line).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Sources" }).first()).toBeVisible();
  await runInDatabase(product(), "DELETE FROM setting WHERE key = 'administratorsByPasskey'");
});

test("it is renamed; as the last factor it stays, and beside another it goes", async () => {
  await page.getByRole("button", { name: "Rename Blue key" }).click();
  await page.getByLabel("Name of the passkey").fill("Desk key");
  await page.getByRole("button", { name: "Keep the name" }).click();
  const row = page.getByRole("row", { name: /Desk key/ });
  await expect(row).toBeVisible();
  await expectAccessible(page);
  await row.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("This is your last second factor.")).toBeVisible();
  await page.keyboard.press("Escape");

  const second = await page.context().newPage();
  await plugInKey(second);
  await second.goto("/account");
  await second.getByRole("button", { name: "Add a passkey" }).click();
  await second.getByLabel("Name of the passkey").fill("Laptop");
  await second.getByRole("button", { name: "Set up the passkey" }).click();
  await expect(second.getByRole("row", { name: /Laptop/ })).toBeVisible();
  await second
    .getByRole("row", { name: /Desk key/ })
    .getByRole("button", { name: "Remove" })
    .click();
  await second.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(second.getByRole("row", { name: /Desk key/ })).toHaveCount(0);
  await second.close();
});

test("at another name of this machine it says where passkeys work", async () => {
  const address = product().url.replace("localhost", "127.0.0.1");
  await page.goto(`${address}/sign-in?next=%2Faccount`);
  await submitSignIn(page, administrator.password);
  await expect(page.getByText(`Passkeys work at ${product().url} alone`)).toBeVisible();
  await expect(page.getByLabel("Recovery code")).toBeVisible();
});

test("no page complained, of its script or of the content policy", () => {
  expect(complaints()).toEqual([]);
});
