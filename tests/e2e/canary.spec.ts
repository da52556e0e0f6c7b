import { readdir } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { createToken } from "./support/create-token";
import { withOwnProduct } from "./support/own-product";
import { makeAdministrator } from "./support/person";
import { expect, test } from "./support/test";

const product = withOwnProduct();
let page: Page;

test.describe.configure({ mode: "serial" });

/** Made-up patients, whose numbers and names occur nowhere else. */
const patients = Array.from({ length: 500 }, (_, i) => ({
  value: `ZQ${8_301_551 + i * 7}VX`,
  family: `Zeisigvogt${String.fromCharCode(97 + (i % 26))}${i}`,
}));
const anyPatient = new RegExp(patients.flatMap(({ value, family }) => [value, `${family}\\b`]).join("|"));

/** What a browser keeps, sends or shows outside of a page's body, as it happened. */
const traces: string[] = [];

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  page = await (await browser.newContext({ baseURL: product().url })).newPage();
  page.on("request", (request) => traces.push(request.url(), JSON.stringify(request.headers())));
  page.on("console", (message) => traces.push(message.text()));
  page.on("download", (download) => traces.push(download.suggestedFilename()));
  await makeAdministrator(page, product().setupUrl ?? "");
});

test.afterAll(() => page.context().close());

/** Notes title, address, notices and everything that the browser stores. */
async function note(): Promise<void> {
  traces.push(await page.title(), page.url(), ...(await page.getByRole("status").allTextContents()));
  const { cookies, origins } = await page.context().storageState({ indexedDB: true });
  traces.push(JSON.stringify(cookies), JSON.stringify(origins));
  traces.push(
    await page.evaluate(() => JSON.stringify({ ...window.sessionStorage, state: window.history.state })),
  );
}

test("five hundred patients come in, as messages and as bodies that nobody can read", async ({ request }) => {
  test.setTimeout(180_000);
  const headers = { Authorization: `Bearer ${await createToken(page, "Canary feed")}` };
  const url = `http://127.0.0.1:${product().ingestPort}/api/v1/ingest`;
  const now = Date.now();
  const messages = patients.map(({ value, family }, i) => ({
    ...{ kind: "delivery", interface: "i1", interfaceName: "Orders", leg: "1", legName: "RIS" },
    ...{ direction: "destination", messageId: `${i}`, receivedAt: new Date(now - i).toISOString() },
    ...{ state: "error", outcome: "failed", firstOutcome: "failed", attempts: 1, observedSeq: 1 },
    patient: { value, assigningAuthority: "GENERAL" },
    errorText: `Rejected: PID|1||${value}^^^GENERAL^MR||${family}^Erika||19700228`,
  }));
  const pushed = await request.post(url, { headers, data: messages });
  expect((await pushed.json()).counts).toEqual({ created: patients.length });
  const unreadable = patients.map(({ value, family }) => ({ kind: "delivery", patient: { value, family } }));
  traces.push(await (await request.post(url, { headers, data: unreadable })).text());
  const broken = await request.post(url, { headers, data: `{"${patients[0]?.value} ${patients[1]?.family}` });
  traces.push(await broken.text());
});

test("pages that tell of them leave no trace of them", async () => {
  test.setTimeout(240_000);
  for (const path of ["/", "/interfaces", "/messages", "/sources/dead-letters", "/audit", "/audit/trail"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await note();
    traces.push((await page.locator("body").textContent()) ?? "");
  }
  await page.goto("/messages?outcome=failed");
  await page
    .getByRole("row", { name: /Failed/ })
    .first()
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/\/messages\/\d/);
  await note();
  traces.push((await page.locator("body").textContent()) ?? "");
});

test("looking one up by number leaves it in the field that was filled in, and nowhere else", async () => {
  test.setTimeout(240_000);
  for (const { value } of patients.slice(0, 5)) {
    await page.goto("/messages/search");
    await page.getByLabel("Identifier", { exact: true }).fill(value);
    await page.getByLabel("Issuer of an MRN").fill("GENERAL");
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.getByRole("heading", { name: /^1 deliver/ })).toBeVisible();
    await note();
    await page.goto("/audit/patient");
    await page.getByLabel("Patient's number").fill(value);
    await page.getByLabel("Issuer of the number").fill("GENERAL");
    await page.getByRole("button", { name: "Look up" }).click();
    await expect(page.getByText("Searched for the patient's number").first()).toBeVisible();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV for internal use" }).click();
    await saved;
    await note();
  }
});

test("no address, header, title, notice, storage, console or file name holds a number or name", () => {
  expect(traces.length).toBeGreaterThan(200);
  expect(traces.flatMap((trace) => anyPatient.exec(trace)?.[0] ?? [])).toEqual([]);
});

test("neither does what the product wrote to its log, or the name of a file in its folder", async () => {
  const files = await readdir(product().dataDir, { recursive: true });
  expect(files.length).toBeGreaterThan(10);
  expect(anyPatient.exec(files.join("\n"))).toBeNull();
  expect(product().output().length).toBeGreaterThan(100);
  expect(anyPatient.exec(product().output())).toBeNull();
});

test("and the search finds what it looks for", () => {
  for (const { value, family } of patients) {
    expect(anyPatient.exec(`x=${value}&y`)?.[0]).toBe(value);
    expect(anyPatient.exec(`"${family}"`)?.[0]).toBe(family);
  }
});
