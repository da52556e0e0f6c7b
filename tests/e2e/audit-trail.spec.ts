import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import type { AuditLeaf } from "@/lib/core/audit/leaf";
import { reviewPeriods } from "@/lib/core/audit/review-period";
import { auditInsert } from "@/lib/db/audit";
import { expectAccessible } from "./support/accessible";
import { withOwnProduct } from "./support/own-product";
import { administrator, makeAdministrator } from "./support/person";
import { runInDatabase } from "./support/product-database";
import { expect, test } from "./support/test";
import { openWatchedPage } from "./support/watched-page";

const product = withOwnProduct();
const readerId = randomUUID();
let page: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  ({ page } = await openWatchedPage(browser, product().url));
  await makeAdministrator(page, product().setupUrl ?? "");
  await makeLastWeek();
});

test.afterAll(async () => {
  await page.context().close();
});

/** Somebody who looked at two messages last Tuesday, and the right of the administrator to sign reviews. */
async function makeLastWeek(): Promise<void> {
  await runInDatabase(
    product(),
    `INSERT INTO public."user" (id, email, name, password_hash) VALUES ('${readerId}', 'r@example.org', 'Rea Reader', 'x')`,
  );
  await runInDatabase(
    product(),
    `INSERT INTO public.role_grant (user_id, role, granted_by)
     SELECT id, 'privacy-officer', 'test' FROM public."user" WHERE email = '${administrator.email}'`,
  );
  const [week] = reviewPeriods({ kind: "activity", now: new Date(), zone: "UTC" });
  for (const hours of [36, 37])
    await addLine(anOpening(new Date((week?.from.getTime() ?? 0) + hours * 3_600_000)));
}

function anOpening(at: Date): AuditLeaf {
  return {
    at,
    actorKind: "user",
    actorId: readerId,
    action: "R",
    permission: "message.unmask",
    entityType: "message-values",
    entityId: `1.${at.getTime()}.1`,
    outcome: "success",
    detail: { reason: "failed-delivery" },
    requestId: randomUUID(),
  };
}

async function addLine(leaf: AuditLeaf): Promise<void> {
  const { text, values } = auditInsert(leaf);
  await runInDatabase(product(), text, values);
}

const trail = () => page.getByRole("table", { name: "Audit trail of Signalbox" });

test("the trail shows who did what, and is searched by what was acted on", async () => {
  await page.goto("/audit/trail?range=30d");
  await expect(trail().getByRole("row", { name: /Rea Reader/ })).toHaveCount(2);
  await page.getByLabel("Object").fill("user");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(trail().getByRole("row", { name: /Rea Reader/ })).toHaveCount(0);
  await expect(
    trail()
      .getByRole("row", { name: /Create.*user/ })
      .first(),
  ).toBeVisible();
  await expectAccessible(page);
});

test("the trail is sorted by any column, and a line proves itself", async () => {
  await page.goto("/audit/trail?range=30d");
  await trail().getByRole("link", { name: "Who" }).click();
  await expect(trail().getByRole("columnheader", { name: "Who" })).toHaveAttribute("aria-sort", "ascending");
  await trail().getByRole("link", { name: "Rea Reader" }).first().click();
  const line = page.getByRole("dialog");
  await expect(line.getByText(/Proven: line \d+ of block \d+/)).toBeVisible();
  await expect(line.getByText("failed-delivery")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
});

test("the trail is verified on demand, and does not hold once a line was changed", async () => {
  await page.goto("/audit/trail");
  await page.getByRole("button", { name: "Verify the whole trail" }).click();
  await expect(page.getByText("Holds", { exact: true })).toBeVisible();
  const change = (of: string) =>
    runInDatabase(product(), `UPDATE signal.audit_leaf SET outcome = '${of}' WHERE actor_id = '${readerId}'`);
  await change("denied");
  await page.getByRole("button", { name: "Verify the whole trail" }).click();
  await expect(page.getByText("Does not hold: 2 found")).toBeVisible();
  await expect(page.getByText(/A line does not say what was sealed\. \(line \d+, block \d+\)/)).toBeVisible();
  await change("success");
});

test("what is shown is taken off whole as a file", async () => {
  await page.goto("/audit/trail?range=30d&entity=message-values");
  const taking = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the lines shown as CSV" }).click();
  const file = await readFile((await (await taking).path()) ?? "", "utf8");
  expect(file.trimEnd().split("\r\n")).toHaveLength(3);
  expect(file).toContain("Rea Reader");
});

test("a week is reviewed: each line judged, then signed, and then as it is", async () => {
  await page.goto("/audit/reviews");
  await expectAccessible(page);
  await page
    .getByRole("button", { name: /^Begin the review of/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: /^Weekly review of activity/ })).toBeVisible();
  const rows = page.getByRole("row", { name: /Rea Reader/ });
  await expect(rows).toHaveCount(2);
  await expect(page.getByText("2 of 2 to judge")).toBeVisible();
  await rows.nth(0).getByRole("button", { name: /^Fine/ }).click();
  await expect(page.getByText("1 of 2 to judge")).toBeVisible();
  await rows
    .nth(1)
    .getByRole("button", { name: /^Needs follow-up/ })
    .click();
  await page.getByLabel("What is done about it").fill("Asked why.");
  await page.getByRole("button", { name: "Keep" }).click();
  await expect(rows.nth(1)).toContainText("Asked why.");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign the review" }).click();
  await expect(page.getByText(/^Signed by Ada Admin/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Fine/ })).toHaveCount(0);
});

test("access is reviewed: confirmed, or taken away at once", async () => {
  await page.goto("/audit/reviews");
  const quarterly = page.getByRole("region", { name: "Quarterly review of access" });
  await quarterly
    .getByRole("button", { name: /^Begin the review of/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: /^Quarterly review of access/ })).toBeVisible();
  const account = page.getByRole("row", { name: /Rea Reader Account/ });
  await account.getByRole("button", { name: "Take away" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take away" }).click();
  await expect(account).toContainText("Taken away");
  await expect(page.getByRole("row", { name: /Ada Admin Account/ })).toContainText(
    "Another person judges this",
  );
  await page.goto("/admin/people");
  await expect(page.getByRole("row", { name: /Rea Reader/ })).toContainText("Disabled");
});
