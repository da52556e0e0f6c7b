import type { Page } from "@playwright/test";
import { runNode } from "../support/run-command";
import { expectAccessible } from "./support/accessible";
import { withOwnProduct } from "./support/own-product";
import {
  administrator,
  enrol,
  type Factors,
  passChallenge,
  submitAdministrator,
  submitSignIn,
} from "./support/person";
import { expect, test } from "./support/test";
import { watchConsole } from "./support/watch-console";

const product = withOwnProduct();
let page: Page;
let complaints: () => readonly string[];
let factors: Factors;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  // A context of its own: axe opens a second page in it.
  page = await (await browser.newContext({ baseURL: product().url })).newPage();
  complaints = watchConsole(page);
});

test.afterAll(async () => {
  await page.context().close();
});

test("a password alone opens neither a page nor what script may ask for", async () => {
  await submitAdministrator(page, product().setupUrl ?? "");
  for (const path of ["/", "/messages", "/setup/connect", "/admin", "/sources/add"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/enrol/);
  }
  const hands = await page.request.post(`${product().url}/api/session`, {
    headers: { Origin: product().url, "Sec-Fetch-Site": "same-origin" },
  });
  expect(hands.status()).toBe(401);
});

test("a wrong code sets nothing up; the right one shows ten recovery codes and then leads on", async () => {
  await page.goto("/sources");
  await expect(page).toHaveURL(/\/enrol\?next=%2Fsources$/);
  await expectAccessible(page);
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill("not it");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("This code does not count.")).toBeVisible();
  const before = await sessionCookie(page);
  factors = await enrol(page);
  expect(factors.recoveryCodes).toHaveLength(10);
  await expect(page).toHaveURL(/\/sources$/);
  expect(await sessionCookie(page)).not.toBe(before);
  await page.goto("/enrol");
  await expect(page.getByText("Recovery codes are shown once.")).toBeVisible();
  await expect(page.getByLabel("Secret", { exact: true })).toHaveCount(0);
});

test("the cookie from before the factor opens nothing afterwards", async ({ browser }) => {
  const other = await browser.newContext({ baseURL: product().url });
  const entered = await other.newPage();
  await entered.goto("/sign-in");
  await submitSignIn(entered, administrator.password);
  await expect(entered).toHaveURL(/\/challenge$/);
  const halfway = await other.cookies();
  await passChallenge(entered, factors);
  await expect(entered).toHaveURL(`${product().url}/`);
  await other.clearCookies();
  await other.addCookies(halfway);
  await entered.goto("/");
  await expect(entered).toHaveURL(/\/sign-in/);
  await other.close();
});

test("a recovery code gets in once", async ({ browser }) => {
  const code = factors.recoveryCodes[0] ?? "";
  const [first, second] = [await browser.newContext(), await browser.newContext()];
  for (const [context, isTaken] of [
    [first, true],
    [second, false],
  ] as const) {
    const entered = await context.newPage();
    await entered.goto(`${product().url}/sign-in?next=%2Fsources`);
    await submitSignIn(entered, administrator.password);
    await expect(entered.getByRole("heading", { name: "Give your second factor" })).toBeVisible();
    await expectAccessible(entered);
    await entered.getByRole("button", { name: "Use a recovery code instead" }).click();
    await entered.getByLabel("Recovery code").fill(code.toLowerCase());
    await entered.getByRole("button", { name: "Go on" }).click();
    if (isTaken) await expect(entered).toHaveURL(/\/sources$/);
    else await expect(entered.getByText("This code does not count.")).toBeVisible();
    await context.close();
  }
});

test("after a reset from the server's shell, the session is over and the next sign-in sets up anew", async () => {
  const end = await runNode(
    ["scripts/run.mjs", "lib/cli/main.ts", "user", "reset-factors", administrator.email],
    { env: { SIGNALBOX_DATA_DIR: product().dataDir } },
  );
  expect(end).toMatchObject({ code: 0 });
  await page.goto("/sources");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fsources$/);
  await submitSignIn(page, administrator.password);
  await expect(page).toHaveURL(/\/enrol\?next=%2Fsources$/);
  factors = await enrol(page);
  await expect(page).toHaveURL(/\/sources$/);
});

test("no page complained, of its script or of the content policy", () => {
  // A refused request is answered with 401, which the browser notes as an error.
  expect(complaints()).toEqual([]);
});

async function sessionCookie(of: Page): Promise<string | undefined> {
  const cookies = await of.context().cookies();
  return cookies.find(({ name }) => name === "signalbox.session")?.value;
}
