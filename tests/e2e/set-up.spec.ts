import type { Page } from "@playwright/test";
import { type Engine, startEngine } from "@/lib/demo/engine/start-engine";
import { expectAccessible } from "./support/accessible";
import { withOwnProduct } from "./support/own-product";
import {
  administrator,
  type Factors,
  makeAdministrator,
  passChallenge,
  submitSignIn,
} from "./support/person";
import { expect, test } from "./support/test";
import { openWatchedPage } from "./support/watched-page";

const product = withOwnProduct();
let engine: Engine;
let page: Page;
let complaints: () => readonly string[];
let factors: Factors;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  engine = await startEngine({ port: 0, seed: 5, now: () => new Date(), messages: 50, perMinute: 30 });
  ({ page, complaints } = await openWatchedPage(browser, product().url));
});

test.afterAll(async () => {
  await page.context().close();
  await engine.stop();
});

test("the set-up link makes the first administrator, once", async () => {
  const link = product().setupUrl ?? "";
  factors = await makeAdministrator(page, link);
  await page.getByRole("link", { name: "Later" }).click();
  await expect(page).toHaveURL(`${product().url}/`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/No interface is connected yet/);
});

test("a source is tested before it is saved, and read within a minute", async () => {
  await page.goto("/sources/add");
  await page.getByLabel("Name", { exact: true }).fill("Main engine");
  await page.getByLabel("Address").fill(engine.url);
  await page.getByLabel("User name", { exact: true }).fill(engine.credentials.username);
  await page.getByLabel("Password", { exact: true }).fill("not the right password");
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("refuses this user name and password")).toBeVisible();

  await page.getByLabel("Password", { exact: true }).fill(engine.credentials.password);
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();

  await expect(page.getByRole("heading", { name: "Main engine" })).toBeVisible();
  await expect(page.getByRole("row", { name: /status/ })).toContainText("Reading", { timeout: 60_000 });
});

test("hands on a page are told, so that the session stays alive", async () => {
  await page.reload();
  // The page also asks, by GET, whether its session still is open.
  const told = page.waitForResponse(
    (response) => response.url().endsWith("/api/session") && response.request().method() === "POST",
  );
  await page.keyboard.press("Shift");
  expect((await told).status()).toBe(204);
});

test("the columns of a channel are confirmed by a person", async () => {
  await page.reload();
  const channel = page.locator("details").first();
  await channel.locator("summary").click();
  await channel.getByLabel("MRN", { exact: true }).selectOption("");
  await channel.getByLabel("Issuer of the MRN (CX.4)").fill("");
  await channel.getByRole("button", { name: "Confirm" }).click();
  await expect(channel.locator("summary")).toContainText(`Confirmed by ${administrator.name}`);
});

test("signing out ends the session; a wrong password is told; the right one leads back", async () => {
  await page.goto("/sources");
  await page.getByRole("button", { name: `Account of ${administrator.name}` }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);

  await page.goto("/sources");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fsources$/);
  await submitSignIn(page, "not the right password");
  await expect(page.getByText("do not belong together")).toBeVisible();
  await submitSignIn(page, administrator.password);
  await passChallenge(page, factors);
  await expect(page).toHaveURL(/\/sources$/);
  await expect(page.getByRole("link", { name: "Main engine" })).toBeVisible();
});

test("a token is shown once, an item that is not valid becomes a dead letter, and a person settles it", async ({
  request,
}) => {
  await page.goto("/sources/add?kind=push");
  await page.getByLabel("Name", { exact: true }).fill("Imaging router");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("Name", { exact: true }).last().fill("Router");
  await page.getByRole("button", { name: "Make the token" }).click();
  const secret = (await page.getByRole("dialog").locator(".font-mono").textContent()) ?? "";
  await page.keyboard.press("Escape");
  await expect(page.getByRole("row", { name: /Router/ })).toContainText("Valid");
  await expect(page.getByText(secret)).toHaveCount(0);

  const push = () =>
    request.post(`http://127.0.0.1:${product().ingestPort}/api/v1/ingest`, {
      headers: { Authorization: `Bearer ${secret}` },
      data: [{ kind: "no such kind" }],
    });
  expect((await (await push()).json()).counts).toEqual({ rejected: 1 });

  await page.goto("/sources/dead-letters");
  await expect(page.getByRole("link", { name: "Not valid", exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^Retry/ }).click();
  await expect(page.getByText(/Still not stored/)).toBeVisible();
  await page.getByRole("button", { name: /^Discard \d/ }).click();
  await page.getByLabel("Why may it be dropped?").fill("Sent by mistake");
  await page.getByRole("button", { name: "Discard it" }).click();
  await expect(page.getByText("No dead letter is open.")).toBeVisible();
  await page.getByRole("link", { name: "Discarded" }).click();
  await expect(page.getByText("Sent by mistake")).toBeVisible();

  await page.goto("/sources");
  await page.getByRole("link", { name: "Imaging router" }).click();
  await page.getByRole("button", { name: "Revoke Router" }).click();
  await page.getByRole("button", { name: "Revoke for good" }).click();
  await expect(page.getByRole("row", { name: /Router/ })).toContainText("Revoked");
  await expect.poll(async () => (await push()).status(), { timeout: 10_000 }).toBe(401);
});

test("one's other sessions can be ended, and that bites at once", async ({ browser }) => {
  const other = await browser.newPage({ baseURL: product().url });
  await other.goto("/sign-in?next=%2Fsources");
  await submitSignIn(other, administrator.password);
  await passChallenge(other, factors);
  await expect(other).toHaveURL(/\/sources$/);

  await page.goto("/account");
  await page.getByRole("button", { name: /^End the session/ }).click();
  await expect(page.getByRole("button", { name: /^End the session/ })).toHaveCount(0);
  await other.goto("/sources");
  await expect(other).toHaveURL(/\/sign-in/);
  await other.close();
});

test("a source is removed by typing its name", async () => {
  await page.goto("/sources");
  await page.getByRole("link", { name: "Imaging router" }).click();
  await page.getByRole("button", { name: "Remove this source" }).click();
  await page.getByLabel(/Type the name/).fill("Imaging");
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("is not the name of this source")).toBeVisible();
  await page.getByLabel(/Type the name/).fill("Imaging router");
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page).toHaveURL(/\/sources$/);
  await expect(page.getByRole("link", { name: "Imaging router" })).toHaveCount(0);
});

for (const path of [
  "/setup",
  "/sign-in",
  "/setup/connect",
  "/sources",
  "/sources/add",
  "/sources/1",
  "/admin",
  "/account",
]) {
  test(`${path} shuts nobody out, as far as a machine can tell`, async () => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  });
}

test("no page complained, of its script or of the content policy", () => {
  // A refused sign-in is answered with 401, which the browser notes as an error.
  expect(complaints()).toEqual([]);
});
