import type { Page } from "@playwright/test";
import { z } from "zod";
import { type Role, roles } from "@/lib/core/authz/role";
import { commandLineScript } from "../support/command-script";
import { runNode } from "../support/run-command";
import { withOwnProduct } from "./support/own-product";
import { expect, test } from "./support/test";
import { openWatchedPage } from "./support/watched-page";

const product = withOwnProduct();
test.describe.configure({ mode: "serial", timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await signalbox("demo start --seed 7");
});

const accountsSchema = z.array(
  z.object({ role: z.enum(roles), email: z.string(), password: z.string(), code: z.string() }),
);
type Account = z.output<typeof accountsSchema>[number];
let printed: { readonly atMs: number; readonly accounts: readonly Account[] } | undefined;

/** The account of a role, printed anew when the codes of last time are about to pass. */
async function accountOf(role: Role): Promise<Account | undefined> {
  if (printed === undefined || Date.now() - printed.atMs > CODES_FRESH_MS) {
    const atMs = Date.now();
    const line = await signalbox("demo accounts --json");
    printed = { atMs, accounts: accountsSchema.parse(JSON.parse(line)) };
  }
  return printed.accounts.find((account) => account.role === role);
}

const CODES_FRESH_MS = 15_000;

/** The first line of what a command of the running product prints: with --json, the one document. */
async function signalbox(line: string): Promise<string> {
  const { url, ingestPort, dataDir } = product();
  const env = { PORT: new URL(url).port, INGEST_PORT: String(ingestPort), SIGNALBOX_DATA_DIR: dataDir };
  const ended = await runNode([...commandLineScript, ...line.split(" ")], { env });
  expect(ended, line).toMatchObject({ code: 0 });
  return ended.output.split("\n")[0] ?? "";
}

async function signIn(page: Page, role: Role): Promise<void> {
  await page.goto("/sign-in");
  const account = await accountOf(role);
  await page.getByLabel("E-mail").fill(account?.email ?? "");
  await page.getByLabel("Password").fill(account?.password ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  const code = page.getByLabel("Code", { exact: true });
  await expect(code).toBeVisible();
  // Anew, where the password took so long that the code of before is about to pass.
  await code.fill((await accountOf(role))?.code ?? "");
  await page.getByRole("button", { name: "Go on" }).click();
}

/** A page that a role does not open; an administrator opens every one. */
const closedTo: Readonly<Record<Role, string | undefined>> = {
  administrator: undefined,
  "interface-analyst": "/admin/people",
  "him-specialist": "/sources/dead-letters",
  "department-owner": "/work",
  "clinical-reviewer": "/messages",
  reporter: "/interfaces",
  "privacy-officer": "/sources",
  "committee-member": "/audit/trail",
};

for (const role of roles) {
  test(`the ${role} of the demo opens all that the navigation gives and is refused the rest`, async ({
    browser,
  }) => {
    const { page, complaints } = await openWatchedPage(browser, product().url);
    await signIn(page, role);
    const main = page.getByRole("navigation", { name: "Main", exact: true });
    await expect(main).toBeVisible();
    const links = main.getByRole("listitem").getByRole("link");
    const hrefs = await links.evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
    expect(hrefs.length > 0).toBe(role !== "reporter");
    for (const href of hrefs) {
      await page.goto(href);
      await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(/could not be drawn|do not open/);
    }
    expect(complaints()).toEqual([]);
    const closed = closedTo[role];
    if (closed !== undefined) {
      expect(hrefs).not.toContain(closed);
      await page.goto(closed);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your roles do not open this page.");
    }
    await page.context().close();
  });
}
