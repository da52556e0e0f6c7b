import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { withOwnProduct } from "./support/own-product";
import {
  administrator,
  type Factors,
  makeAdministrator,
  passChallenge,
  submitSignIn,
} from "./support/person";
import { runInDatabase } from "./support/product-database";
import { expect, test } from "./support/test";
import { watchConsole } from "./support/watch-console";

const product = withOwnProduct();
const newPassword = "another four unrelated words";
let page: Page;
let complaints: () => readonly string[];
let factors: Factors;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  // A context of its own: axe opens a second page in it.
  page = await (await browser.newContext({ baseURL: product().url })).newPage();
  complaints = watchConsole(page);
  factors = await makeAdministrator(page, product().setupUrl ?? "");
});

test.afterAll(async () => {
  await page.context().close();
});

test("the account menu leads to what guards the account", async () => {
  await page.goto("/");
  await page.getByRole("button", { name: `Account of ${administrator.name}` }).click();
  await page.getByRole("link", { name: "Security" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Security" })).toBeVisible();
  await expect(page.getByText("10 left")).toBeVisible();
  await expect(page.getByRole("row", { name: /This one/ })).toBeVisible();
  await expectAccessible(page);
});

test("new recovery codes need a fresh factor, and the ones before stop working", async () => {
  await runInDatabase(product(), "UPDATE session SET mfa_passed_at = now() - interval '6 minutes'");
  await page.goto("/account");
  await page.getByRole("button", { name: "New recovery codes" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make them" }).click();
  const question = page.getByRole("dialog", { name: "Prove that it is you" });
  await question.getByLabel("Code", { exact: true }).fill("000000 0");
  await question.getByRole("button", { name: "Go on" }).click();
  await expect(question.getByText("This code does not count.")).toBeVisible();
  await question.getByLabel("Code", { exact: true }).fill(await factors.app.nextCode());
  await question.getByRole("button", { name: "Go on" }).click();
  const dialog = page.getByRole("dialog", { name: "Keep your recovery codes" });
  await expect(dialog.getByRole("listitem")).toHaveCount(10);
  const fresh = await dialog.getByRole("listitem").allTextContents();
  expect(fresh.filter((code) => factors.recoveryCodes.includes(code))).toEqual([]);
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(dialog).toHaveCount(0);
});

test("a dangerous act asks for a fresh factor and then goes on with what was typed", async () => {
  await page.goto("/sources/add?kind=push");
  await page.getByLabel("Name", { exact: true }).fill("Imaging router");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Imaging router" })).toBeVisible();
  await runInDatabase(product(), "UPDATE session SET mfa_passed_at = now() - interval '6 minutes'");

  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("Name", { exact: true }).last().fill("Router");
  await page.getByRole("button", { name: "Make the token" }).click();
  const question = page.getByRole("dialog", { name: "Prove that it is you" });
  await expect(question).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByText("Give your second factor again to do this.")).toBeVisible();

  await page.getByRole("button", { name: "Make the token" }).click();
  await question.getByLabel("Code", { exact: true }).fill(await factors.app.nextCode());
  await question.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("Copy it now: it is not shown again")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("row", { name: /Router/ })).toContainText("Valid");
});

test("a password is changed by whoever proves both factors, and signs in from then on", async ({
  browser,
}) => {
  // Each code counts once, and a new one comes every thirty seconds.
  test.setTimeout(240_000);
  await runInDatabase(product(), "UPDATE session SET mfa_passed_at = now() - interval '6 minutes'");
  await page.goto("/account");
  const change = async (current: string, password: string) => {
    await page.getByLabel("Current password").fill(current);
    await page.getByLabel("New password").fill(password);
    await page.getByRole("button", { name: "Change the password" }).click();
  };
  await change("not the right one", newPassword);
  const question = page.getByRole("dialog", { name: "Prove that it is you" });
  await question.getByLabel("Code", { exact: true }).fill(await factors.app.nextCode());
  await question.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("The current password is not right.")).toBeVisible();
  await change(administrator.password, "1qaz2wsx");
  await expect(page.getByText(/not among the most used/)).toBeVisible();
  await change(administrator.password, newPassword);
  await expect(page.getByText("The password is changed.")).toBeVisible();

  const other = await (await browser.newContext({ baseURL: product().url })).newPage();
  await other.goto("/sign-in");
  await submitSignIn(other, administrator.password);
  await expect(other.getByText("do not belong together")).toBeVisible();
  await submitSignIn(other, newPassword);
  await passChallenge(other, factors);
  await expect(other.getByRole("heading", { level: 1 })).toBeVisible();
  await other.context().close();
});

test("no page complained, of its script or of the content policy", () => {
  expect(complaints()).toEqual([]);
});
