import type { Page } from "@playwright/test";
import type { Engine } from "@/lib/demo/engine/start-engine";
import { expectAccessible } from "./support/accessible";
import { withOwnProduct } from "./support/own-product";
import { expect, test } from "./support/test";
import { FAILING_CHANNEL, watchEngine } from "./support/watched-engine";
import { openWatchedPage } from "./support/watched-page";

const product = withOwnProduct();
let engine: Engine;
let page: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  ({ page } = await openWatchedPage(browser, product().url));
  engine = await watchEngine(page, product());
});

test.afterAll(async () => {
  await page.context().close();
  await engine.stop();
});

/** Every page of the console with data on it, each as one gets there. */
const places: Readonly<Record<string, () => Promise<void>>> = {
  overview: () => open("/"),
  interfaces: () => open("/interfaces"),
  "an interface": () => follow("/interfaces", FAILING_CHANNEL),
  "an interface with its charts as tables": async () => {
    await follow("/interfaces", FAILING_CHANNEL);
    const closed = page.getByRole("button", { name: /as a table$/ });
    // Each click gives its button another name.
    for (let left = await closed.count(); left > 0; left--) await closed.first().click();
  },
  "an interface known by counters": () => follow("/interfaces", "Device gateway - no storage"),
  messages: () => open("/messages"),
  "failures as they come": () => open("/messages/tail"),
  "a message": async () => {
    await open("/messages?outcome=failed");
    await page
      .getByRole("row", { name: /Failed/ })
      .first()
      .getByRole("link")
      .click();
    await expect(page.getByRole("heading", { name: "Path" })).toBeVisible();
  },
  "a search": async () => {
    await open("/messages/search");
    await page.getByLabel("Identifier", { exact: true }).fill("nothing like it");
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.getByText("No delivery that is kept carries this identifier.")).toBeVisible();
  },
  audit: () => open("/audit?own=shown"),
  "an audit event": async () => {
    await open("/audit?own=shown");
    await page.getByRole("table").getByRole("link").first().click();
    await expect(page.getByRole("dialog")).toBeVisible();
  },
  "who saw a patient": () => open("/audit/patient"),
  approvals: () => open("/approvals"),
  "emergency access": () => open("/admin/break-glass"),
  people: () => open("/admin/people"),
  roles: () => open("/admin/roles"),
  retention: () => open("/admin/retention"),
  clients: () => open("/sources/clients"),
  work: () => open("/work"),
  "replays to be": () => open("/replays"),
  "who is on call": () => open("/on-call"),
  notices: () => open("/on-call/notices"),
  exams: () => open("/journeys"),
  "adding a source": () => open("/sources/add?kind=hl7-mllp"),
  "a system of the estate": async () => {
    await open("/estate/add");
    await page.getByLabel("Name", { exact: true }).fill("Archive");
    await page.getByLabel(/^Product/).fill("Orthanc");
    await page.getByLabel(/^Version/).fill("1.10.1");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Archive");
    await expect(page.getByText("Fixed in 1.12.11")).toBeVisible();
    await page.getByRole("button", { name: "Keep a statement" }).click();
    const buffer = Buffer.from("%PDF-1.4");
    await page
      .getByLabel("File")
      .setInputFiles({ name: "statement.pdf", mimeType: "application/pdf", buffer });
    await page.getByLabel("Version of the statement or product").fill("1.10");
    await page.getByLabel("Dated").fill("2026-01-31");
    await page.getByRole("button", { name: "Keep it" }).click();
    await expect(page.getByRole("link", { name: "statement.pdf" })).toBeVisible();
  },
  estate: () => open("/estate"),
  "one's own security": () => open("/account"),
};

const looks = [
  { theme: "light", width: 1440 },
  { theme: "dark", width: 320 },
] as const;

for (const [name, go] of Object.entries(places)) {
  test(`${name}: nothing shuts anybody out, as far as a machine can tell`, async () => {
    test.setTimeout(120_000);
    for (const { theme, width } of looks) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme });
      await go();
      await test.step(`${theme}, ${width} px`, () => expectAccessible(page));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${width} px wide`).toBeLessThanOrEqual(0);
    }
  });
}

async function open(path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

async function follow(path: string, link: string): Promise<void> {
  await open(path);
  await page.getByRole("link", { name: link, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(link);
  await expect(page.getByRole("button", { name: /as a table$/ }).first()).toBeVisible();
}
