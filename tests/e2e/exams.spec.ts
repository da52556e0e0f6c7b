import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { createToken } from "./support/create-token";
import { withOwnProduct } from "./support/own-product";
import { type Factors, makeAdministrator } from "./support/person";
import { expect, test } from "./support/test";
import { openWatchedPage } from "./support/watched-page";

const product = withOwnProduct();
let page: Page;
let factors: Factors;
let complaints: () => readonly string[];
const addresses: string[] = [];

const accession = "ZQ8301551VX";
const mrn = "ZQ7301552VX";
const family = "Zeisigvogt";

// Each test walks several pages of a product that shares its machine.
test.describe.configure({ mode: "serial", timeout: 180_000 });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  ({ page, complaints } = await openWatchedPage(browser, product().url));
  page.on("request", (request) => addresses.push(request.url()));
  factors = await makeAdministrator(page, product().setupUrl ?? "");
});

test.afterAll(() => page.context().close());

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** An exam whose images have been there for two days without a report. */
function anExam() {
  const keys = {
    accession: { value: accession, issuer: "GENERAL" },
    patient: {
      identifiers: [{ value: mrn, assigningAuthority: "GENERAL", type: "MR" }],
      names: [{ family, given: "Erika" }],
      birthDate: "1970-02-28",
    },
  };
  const ct = { modality: "CT", studyInstanceUid: "2.25.7" };
  return [
    {
      ...keys,
      kind: "order",
      id: "O1",
      at: ago(52),
      status: "scheduled",
      department: "Radiology",
      modality: "CT",
      procedure: { text: "CT chest" },
      scheduledAt: ago(50),
    },
    { ...keys, kind: "worklist", id: "S1", at: ago(51.9), scheduledAt: ago(50) },
    {
      ...keys,
      ...ct,
      kind: "procedureStep",
      id: "M1",
      at: ago(49.5),
      status: "completed",
      startedAt: ago(49.9),
    },
    {
      ...keys,
      kind: "study",
      id: "2.25.7",
      studyInstanceUid: "2.25.7",
      at: ago(49),
      isStable: true,
      lastImageAt: ago(49.4),
    },
  ];
}

test("a page without exams says what would bring them", async () => {
  await page.goto("/journeys");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No exam is stalled");
  await expect(page.getByText("No source feeds this yet.")).toBeVisible();
});

test("an exam that waits too long for its report is listed, without its patient", async ({ request }) => {
  const headers = { Authorization: `Bearer ${await createToken(page, "RIS and PACS")}` };
  const url = `http://127.0.0.1:${product().ingestPort}/api/v1/ingest`;
  const pushed = await request.post(url, { headers, data: anExam() });
  expect((await pushed.json()).counts).toEqual({ created: 4 });
  await page.goto("/journeys?leg=toReport&modality=CT");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("1 exam is stalled");
  const row = page.getByRole("row", { name: /CT chest/ });
  await expect(row).toContainText("Stalled: no final report");
  await expect(row).toContainText("Radiology");
  await expectAccessible(page);
  await page.goto("/journeys?leg=toStart");
  await expect(page.getByText("No stalled exam matches.")).toBeVisible();
});

test("it is found by accession and by MRN, and neither stands in an address or on the page", async () => {
  for (const text of [accession, mrn]) {
    await page.goto("/journeys/search");
    await page.getByLabel("Accession or MRN").fill(text);
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.getByRole("heading", { name: "1 exam" })).toBeVisible();
    await expect(page.getByRole("table")).not.toContainText(text);
  }
  await expectAccessible(page);
  await page.getByLabel("Accession or MRN").fill("nothing like it");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByText("No exam that is kept carries this number.")).toBeVisible();
});

test("its timeline tells every step with its turnaround, and names nobody", async () => {
  await page.goto("/journeys");
  await page
    .getByRole("row", { name: /CT chest/ })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/\/journeys\/[0-9a-f-]{36}/);
  const timeline = page.getByRole("table", { name: "What happened to this exam" });
  for (const step of ["Ordered", "On the worklist", "Started", "Last image", "Available in the archive"]) {
    await expect(timeline).toContainText(step);
  }
  const legs = page.getByRole("table", { name: "How long each leg took" });
  await expect(legs.getByRole("row", { name: /Available to final report/ })).toContainText("Stalled");
  await expect(page.locator("body")).not.toContainText(new RegExp(`${accession}|${mrn}|${family}`));
  await expectAccessible(page);
});

test("patient and numbers are shown for a stated reason, and masked again by a click", async () => {
  await page.getByRole("button", { name: "Show values" }).click();
  const dialog = page.getByRole("dialog", { name: "Show the values of this exam" });
  await dialog.getByLabel("What for?").selectOption({ index: 1 });
  await dialog.getByLabel("In your words").fill("The ward waits for the report");
  await dialog.getByRole("button", { name: "Show for ten minutes" }).click();
  const shown = page.getByText(`${family}, Erika`).first();
  const proof = page.getByRole("dialog", { name: "Prove that it is you" });
  await expect(proof.or(shown)).toBeVisible();
  if (await proof.isVisible()) {
    await proof.getByLabel("Code", { exact: true }).fill(await factors.app.nextCode());
    await proof.getByRole("button", { name: "Go on" }).click();
  }
  await expect(shown).toBeVisible();
  await expect(page.getByText(`${mrn} · GENERAL`).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Mask now" }).click();
  await expect(page.getByText(family)).toHaveCount(0);
});

test("no number or name ever stood in an address, and no page complained", async () => {
  expect(addresses.filter((url) => new RegExp(`${accession}|${mrn}|${family}`).test(url))).toEqual([]);
  expect(complaints()).toEqual([]);
});
