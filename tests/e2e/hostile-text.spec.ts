import type { Page } from "@playwright/test";
import { createToken } from "./support/create-token";
import { type HostileEngine, startHostileEngine } from "./support/hostile-engine";
import { HOSTILE, hostileTexts } from "./support/hostile-texts";
import { withOwnProduct } from "./support/own-product";
import { makeAdministrator } from "./support/person";
import { runInDatabase } from "./support/product-database";
import { expect, test } from "./support/test";
import { openWatchedPage } from "./support/watched-page";

const product = withOwnProduct();
let page: Page;
let complaints: () => readonly string[];
let engine: HostileEngine;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  engine = await startHostileEngine();
  ({ page, complaints } = await openWatchedPage(browser, product().url));
  await makeAdministrator(page, product().setupUrl ?? "");
});

test.afterAll(async () => {
  await page.context().close();
  await engine.stop();
});

async function expectNothingRan(): Promise<void> {
  expect(await page.evaluate(() => Object.hasOwn(window, "hit")), page.url()).toBe(false);
}

/** Expects each hostile text as text in the rows of a list, over all of its pages. Answers with where the rows lead. */
async function expectAllShown(path: string): Promise<readonly string[]> {
  await page.goto(path);
  const rows = page.getByRole("row").filter({ hasText: HOSTILE });
  const older = page.getByRole("link", { name: "Older", exact: true });
  const shown: string[] = [];
  const addresses: string[] = [];
  for (;;) {
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    shown.push(...(await rows.allTextContents()));
    addresses.push(
      ...(await rows.evaluateAll((all) =>
        all.flatMap((row) => row.querySelector("a")?.getAttribute("href") ?? []),
      )),
    );
    await expectNothingRan();
    if ((await older.count()) === 0) break;
    await page.goto((await older.getAttribute("href")) ?? "");
  }
  expect(hostileTexts.filter((text) => !shown.join("\n").includes(text))).toEqual([]);
  return addresses;
}

test("a page that takes these texts for markup runs them", async ({ browser }) => {
  const careless = await browser.newPage();
  await careless.setContent(hostileTexts.join("\n"));
  await expect.poll(() => careless.evaluate(() => Object.hasOwn(window, "hit"))).toBe(true);
  await careless.close();
});

test("names in HL7 fields are text in a message, its masked content and its values", async () => {
  test.setTimeout(300_000);
  await page.goto("/sources/add");
  await page.getByLabel("Name", { exact: true }).fill("Hostile engine");
  await page.getByLabel("Address").fill(engine.url);
  await page.getByLabel("User name", { exact: true }).fill(engine.credentials.username);
  await page.getByLabel("Password", { exact: true }).fill(engine.credentials.password);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Hostile engine" })).toBeVisible();
  await expect(async () => {
    await page.goto("/messages?type=ADT&outcome=failed");
    await page
      .getByRole("row", { name: /Failed.*ADT\^A08|ADT\^A08.*Failed/ })
      .first()
      .getByRole("link")
      .click({ timeout: 2_000 });
  }).toPass({ timeout: 120_000 });
  await page.getByRole("link", { name: "Show masked content" }).click();
  await expect(page.getByRole("heading", { name: /^Raw / })).toBeVisible();
  await expectNothingRan();
  await page.getByRole("button", { name: "Show values" }).click();
  await page.getByLabel("What for?").selectOption("failed-delivery");
  await page.getByLabel("In your words").fill("To see how it is shown.");
  await page.getByRole("button", { name: "Show for ten minutes" }).click();
  await expect(page.getByText(/Patient data in clear/)).toBeVisible();
  const shown = (await page.locator("main").textContent()) ?? "";
  expect(hostileTexts.filter((text) => !shown.includes(text))).toEqual([]);
  await expectNothingRan();
});

test("what a program pushes is shown as text on every page that shows it", async ({ request }) => {
  test.setTimeout(900_000);
  const token = await createToken(page, hostileTexts[1] ?? "");
  await expectNothingRan();
  const at = new Date().toISOString();
  const pushed = await request.post(`http://127.0.0.1:${product().ingestPort}/api/v1/ingest`, {
    headers: { Authorization: `Bearer ${token}` },
    data: hostileTexts.map((text, i) => aPush({ text, i, at })),
  });
  expect((await pushed.json()).counts).toEqual({ created: hostileTexts.length });
  await expectAllShown("/interfaces");
  const addresses = await expectAllShown("/messages?outcome=failed");
  expect(addresses.length).toBeGreaterThanOrEqual(hostileTexts.length);
  // The lists have shown every text; of the pages of messages, each with its text in every field, one in four is enough.
  for (const address of addresses.filter((_, i) => i % 4 === 0)) {
    await page.goto(address, { waitUntil: "domcontentloaded" });
    await expect(page.getByText(HOSTILE).first()).toBeAttached();
    await expectNothingRan();
  }
  for (const path of ["/", "/messages/search", "/sources", "/sources/clients", "/audit/trail"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNothingRan();
  }
});

function aPush({ text, i, at }: { readonly text: string; readonly i: number; readonly at: string }) {
  return {
    ...{ kind: "delivery", interface: `i${i}`, interfaceName: text, leg: "1", legName: text },
    ...{ direction: "destination", messageId: `${i}`, receivedAt: at, observedSeq: 1, attempts: 1 },
    ...{ state: "error", outcome: "failed", firstOutcome: "failed" },
    ...{ controlId: text, messageType: text.slice(0, 60), accession: text.slice(0, 60), errorText: text },
  };
}

test("names of people and clients are shown as text", async () => {
  const names = hostileTexts.map((text) => `'${text.replaceAll("'", "''")}'`).join(", ");
  await runInDatabase(
    product(),
    `INSERT INTO "user" (id, email, name, password_hash)
     SELECT gen_random_uuid(), n || '@example.org', name, '-' FROM unnest(ARRAY[${names}]) WITH ORDINALITY AS t (name, n)`,
  );
  await runInDatabase(
    product(),
    `INSERT INTO api_client (id, name, scopes, secret_hash, created_by)
     SELECT gen_random_uuid(), name, '{system/AuditEvent.rs}', decode(md5(name), 'hex'), 'tests' FROM unnest(ARRAY[${names}]) AS t (name)`,
  );
  await expectAllShown("/admin/people");
  await expectAllShown("/sources/clients");
});

test("no page complained, of its script or of the content policy", () => {
  expect(complaints()).toEqual([]);
});

test("whatever a page is refused by its policy is noticed", async ({ policy }) => {
  await page.evaluate(() => {
    const image = document.createElement("img");
    image.src = "http://127.0.0.1:1/picture.png";
    document.body.append(image);
  });
  await expect.poll(() => policy.take().join()).toMatch(/img-src/);
});
