import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { withOwnProduct } from "./support/own-product";
import { administrator, type Factors, makeAdministrator } from "./support/person";
import { runInDatabase } from "./support/product-database";
import { expect, test } from "./support/test";
import { watchConsole } from "./support/watch-console";

const product = withOwnProduct();
const draft = "Imaging router of the west wing";
let page: Page;
let complaints: () => readonly string[];
let factors: Factors;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  page = await (await browser.newContext({ baseURL: product().url })).newPage();
  complaints = watchConsole(page);
  factors = await makeAdministrator(page, product().setupUrl ?? "");
});

test.afterAll(async () => {
  await page.context().close();
});

/** Makes so much time pass for every session, and has the page look. */
async function pass(minutes: number, seconds = 0): Promise<void> {
  await runInDatabase(
    product(),
    `UPDATE session SET last_seen_at = now() - interval '${minutes} minutes ${seconds} seconds'`,
  );
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
}

async function unlock(on: Page, password: string): Promise<void> {
  await on.getByLabel("Password").fill(password);
  await on.getByLabel("Code", { exact: true }).fill(await factors.app.nextCode());
  await on.getByRole("button", { name: "Go on" }).click();
}

test("a minute before, the page says so, and a person who stays is not locked out", async () => {
  await page.goto("/sources/add?kind=push");
  await page.getByLabel("Name", { exact: true }).fill(draft);
  await pass(29, 5);
  await expect(page.getByText("it locks within a minute")).toBeVisible();
  await expectAccessible(page);
  // Looking for barriers takes a while, and the minute runs.
  await pass(29, 5);
  await page.getByRole("button", { name: "Go on working" }).click();
  await expect(page.getByText("it locks within a minute")).toHaveCount(0);
});

test("after 30 minutes what the page shows is covered, out of reach and unread, in every tab", async () => {
  const other = await page.context().newPage();
  await other.goto("/admin");
  await page.bringToFront();
  await pass(30);
  for (const tab of [page, other]) {
    await expect(tab.getByRole("heading", { name: "Locked" })).toBeVisible();
    await expect(tab.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(tab.getByRole("navigation")).toHaveCount(0);
  }
  await expect(page.getByLabel("Name", { exact: true })).toBeHidden();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "Locked" })).toBeVisible();

  await unlock(page, "not the password");
  await expect(page.getByText("Password and code do not count together.")).toBeVisible();
  await unlock(page, administrator.password);
  for (const tab of [page, other]) await expect(tab.getByRole("heading", { name: "Locked" })).toHaveCount(0);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(draft);
  await expect(other.getByRole("heading", { level: 1, name: "Admin" })).toBeVisible();
  await other.close();
});

test("a dialog stays open under the cover, with what was typed into it", async () => {
  await page.goto("/admin/people");
  await page.getByRole("button", { name: "Invite" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Grace");
  await pass(30);
  await expect(page.getByRole("heading", { name: "Locked" })).toBeVisible();
  await page.getByRole("heading", { name: "Locked" }).click();
  await page.keyboard.press("Escape");
  await unlock(page, administrator.password);
  await expect(page.getByRole("heading", { name: "Locked" })).toHaveCount(0);
  await expect(dialog.getByLabel("Name")).toHaveValue("Grace");
});

test("the server is what locks: neither its figures nor its acts answer a locked session", async () => {
  await pass(30);
  await expect(page.getByRole("heading", { name: "Locked" })).toBeVisible();
  const asked = await page.request.get(`${product().url}/admin`, { maxRedirects: 0 });
  expect(asked.headers()["location"]).toContain("/locked");
  const hands = await page.request.post(`${product().url}/api/session`, {
    headers: { Origin: product().url, "Sec-Fetch-Site": "same-origin" },
  });
  expect(hands.status()).toBe(401);
  await page.reload();
  await expect(page).toHaveURL(/\/locked\?next=%2Fadmin%2Fpeople$/);
  await unlock(page, administrator.password);
  await expect(page).toHaveURL(/\/admin\/people$/);
});

test("a session that is ended covers its open page by itself, and leads to sign in", async () => {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await runInDatabase(product(), "UPDATE session SET ended_at = now()");
  await expect(page.getByRole("heading", { name: "Your session is over" })).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/people$/);
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fadmin%2Fpeople$/);
});

test("no page complained, of its script or of the content policy", () => {
  expect(complaints()).toEqual([]);
});
