import type { Page } from "@playwright/test";
import type { Engine } from "@/lib/demo/engine/start-engine";
import { withOwnProduct } from "./support/own-product";
import { expect, test } from "./support/test";
import { FAILING_CHANNEL, watchEngine } from "./support/watched-engine";
import { openWatchedPage } from "./support/watched-page";

const product = withOwnProduct();
let engine: Engine;
let page: Page;
let complaints: () => readonly string[];

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  ({ page, complaints } = await openWatchedPage(browser, product().url));
  engine = await watchEngine(page, product());
});

test.afterAll(async () => {
  await page.context().close();
  await engine.stop();
});

test("three clicks lead from the overview to a message that failed, and say what to do", async () => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/need/);
  await page
    .getByRole("row", { name: new RegExp(FAILING_CHANNEL) })
    .getByRole("link")
    .click();
  await page.getByRole("link", { name: "Receiver answered AE (application error)" }).click();
  await page
    .getByRole("row", { name: /Failed/ })
    .first()
    .getByRole("link")
    .click();

  await expect(page).toHaveURL(/\/messages\/\d+\.\d+\.-?\d+/);
  await expect(page.getByText("AE, application error")).toBeVisible();
  await expect(page.getByText("Receiver answered AE (application error)")).toBeVisible();
  await page.getByRole("link", { name: "Show masked content" }).click();
  await expect(page.getByRole("heading", { name: /^Raw / })).toBeVisible();
  await expect(page.getByText("MSH", { exact: true }).first()).toBeVisible();
});

test("a figure in a chart's table opens exactly as many messages", async () => {
  await page.goto("/interfaces");
  await page.getByRole("link", { name: FAILING_CHANNEL }).click();
  await page.getByRole("button", { name: /^Show Outcomes per .* as a table$/ }).click();
  const table = page.getByRole("table", { name: /^Outcomes per/ });
  const failed = await columnOf(table, "failed");
  // The newest stretch of time still grows; of the others, the last in which something failed.
  const rows = table.getByRole("row").filter({ has: page.locator(`td:nth-of-type(${failed + 1}) a`) });
  const cell = rows
    .nth((await rows.count()) - 2)
    .getByRole("cell")
    .nth(failed);
  const figure = await cell.textContent();
  await cell.getByRole("link").click();
  await expect(page).toHaveURL(/outcome=failed/);
  await expect(page.getByText(new RegExp(`^${figure} of ${figure}$`))).toBeVisible();
});

test("the keyboard opens the messages of a point on a chart", async () => {
  await page.goto("/interfaces");
  await page.getByRole("link", { name: FAILING_CHANNEL }).click();
  const chart = page.getByLabel(/^Outcomes per .*Arrow keys move/);
  await chart.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/messages\?.*from=.*&to=/);
});

test("a channel without storage shows what its engine counts, and no zero of our own", async () => {
  await page.goto("/interfaces");
  const row = page.getByRole("row", { name: /Device gateway/ });
  await expect(row).toContainText("Counters only");
  await expect(row.getByRole("cell", { name: "—" })).not.toHaveCount(0);
  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { name: "The engine's own counters" })).toBeVisible();
  const { received } = engine.totals("5b0a0005-0000-4000-8000-000000000005");
  const own = page.getByRole("table", { name: "Counters of the engine" }).getByRole("row", { name: /^in/ });
  await expect(own).toContainText(received.toLocaleString("en-GB"));
  await expect(own).toContainText("none was read");
});

test("one search finds every leg of a message, and its text never stands in an address", async () => {
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  await page.goto("/messages?outcome=failed&type=ORM");
  await page
    .getByRole("row", { name: /Failed/ })
    .first()
    .getByRole("link")
    .click();
  const controlId = (await page.locator("dd .font-mono").nth(1).textContent()) ?? "";
  expect(controlId).not.toBe("");
  await page.goto("/messages/search");
  await page.getByLabel("Identifier", { exact: true }).fill(controlId);
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByRole("heading", { name: /^\d+ deliveries$/ })).toBeVisible();
  await expect(page.getByRole("table").getByRole("row").nth(1)).toContainText(controlId);
  await expect(page.getByText(/add a custom metadata column ACCESSION at the engine/).first()).toBeVisible();
  expect(addresses.filter((url) => url.includes(encodeURIComponent(controlId)))).toEqual([]);
});

test("no page complained, of its script or of the content policy", () => {
  expect(complaints()).toEqual([]);
});

async function columnOf(table: ReturnType<Page["getByRole"]>, head: string): Promise<number> {
  const heads = await table.getByRole("columnheader").allTextContents();
  // The first heading stands over the times, which are row headings.
  return heads.indexOf(head) - 1;
}
