import type { Page } from "@playwright/test";
import type { Engine } from "@/lib/demo/engine/start-engine";
import { expectAccessible } from "./support/accessible";
import { createToken } from "./support/create-token";
import { withOwnProduct } from "./support/own-product";
import { expect, test } from "./support/test";
import { watchEngine } from "./support/watched-engine";
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

test("a failed message that is claimed is open in full, until it is released", async () => {
  await page.goto("/messages?outcome=failed");
  await page
    .getByRole("row", { name: /Failed/ })
    .first()
    .getByRole("link")
    .click();
  await page.getByRole("button", { name: "Claim it" }).click();
  await expect(page.getByText("Patient data in clear, open to you for another")).toBeVisible();
  await expect(page.getByText(/^PID\|/m).first()).toBeVisible();
  await expectAccessible(page);

  const message = page.url();
  await page.goto("/work");
  await page.getByRole("table", { name: "What you have claimed" }).getByRole("link").click();
  await expect(page).toHaveURL(message);
  await expect(page.getByText("Claimed by you for another")).toBeVisible();
  await expect(page.getByText(/PID\|/)).toHaveCount(0);
  await page.getByRole("button", { name: "Release" }).click();
  await expect(page.getByRole("button", { name: "Claim it" })).toBeVisible();
  await expect(page.getByText("Released. The record is closed.")).toBeVisible();
});

test("a dead letter that is claimed shows what was sent, and is settled from its page", async () => {
  const token = await createToken(page, "Laboratory feed");
  const pushed = await page.request.post(`http://127.0.0.1:${product().ingestPort}/api/v1/ingest`, {
    headers: { authorization: `Bearer ${token}` },
    data: [{ kind: "delivery", remark: "sent by the laboratory" }],
  });
  expect((await pushed.json()).counts).toEqual({ rejected: 1 });
  await page.goto("/sources/dead-letters");
  await page.getByRole("table", { name: "Dead letters, last seen first" }).getByRole("link").first().click();
  await page.getByRole("button", { name: "Claim it" }).click();
  await expect(page.getByText(/sent by the laboratory/)).toBeVisible();
  await page.getByRole("button", { name: "Hide the record" }).click();
  await expect(page.getByText(/sent by the laboratory/)).toHaveCount(0);
  await page.getByRole("button", { name: /^Discard / }).click();
  await page.getByLabel("Why may it be dropped?").fill("A test of the laboratory");
  await page.getByRole("button", { name: "Discard it" }).click();
  await expect(page.getByText("It is settled, and stays closed.")).toBeVisible();
  expect(complaints()).toEqual([]);
});
