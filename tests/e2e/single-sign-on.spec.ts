import type { Page } from "@playwright/test";
import { freePort } from "../support/free-port";
import { type IdentityProvider, startIdentityProvider } from "../support/identity-provider";
import { expectAccessible } from "./support/accessible";
import { withOwnProduct } from "./support/own-product";
import { administrator, type Factors, makeAdministrator, passChallenge } from "./support/person";
import { runInDatabase } from "./support/product-database";
import { expect, test } from "./support/test";

let provider: IdentityProvider;
let admin: Page;
let factors: Factors;

const product = withOwnProduct(async () => {
  const port = await freePort();
  provider = await startIdentityProvider(`http://localhost:${port}/api/auth/callback/oidc`);
  return { ...provider.settings, PORT: String(port) };
});

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  admin = await (await browser.newContext({ baseURL: product().url })).newPage();
  factors = await makeAdministrator(admin, product().setupUrl ?? "");
});
test.afterAll(async () => {
  await admin.context().close();
  await provider.stop();
});

const nora = { sub: "n-1", name: "Nora Novak", email: "nora@example.org", groups: ["/board"] } as const;

/** A browser of its own that goes the whole way by the provider. */
async function comeByProvider(from: Page): Promise<Page> {
  const page = await (await from.context().browser()?.newContext({ baseURL: product().url }))?.newPage();
  if (page === undefined) throw new Error("There is no browser.");
  await page.goto("/interfaces");
  await page.getByRole("button", { name: "Sign in with Test Hospital" }).click();
  return page;
}

test("an administrator lets a group stand for a role", async () => {
  await admin.goto("/admin/single-sign-on");
  await expect(admin.getByText("Until one does, nobody new gets in")).toBeVisible();
  await admin.getByRole("button", { name: "Map a group" }).click();
  await admin.getByLabel("Group", { exact: true }).fill("/board");
  await admin.getByLabel("Role", { exact: true }).selectOption("committee-member");
  await admin.getByRole("button", { name: "Map it" }).click();
  await expect(admin.getByRole("row", { name: /\/board/ })).toContainText("Committee member");
  await expectAccessible(admin);
});

test("somebody of that group comes in by the provider, who proved a second factor there", async () => {
  provider.seat({ ...nora, amr: ["pwd", "mfa"] });
  const page = await comeByProvider(admin);
  await expect(page).toHaveURL(/\/interfaces$/);
  await expect(page.getByRole("heading", { name: "Interfaces" })).toBeVisible();
  await page.context().close();
});

test("a second factor is asked for here when none was proved there", async () => {
  provider.seat({ ...nora, amr: ["pwd"] });
  const page = await comeByProvider(admin);
  await expect(page.getByRole("heading", { name: "Set up your second factor" })).toBeVisible();
  await page.context().close();
});

test("somebody of no such group is told why they are not let in", async () => {
  provider.seat({ ...nora, sub: "x-1", groups: ["/others"] });
  const page = await comeByProvider(admin);
  await expect(page.getByText("None of your groups stands for a role in Signalbox.")).toBeVisible();
  await expectAccessible(page);
  await page.context().close();
});

test("a provider that is away leads to emergency accounts, whose use alarms on every page", async () => {
  await runInDatabase(
    product(),
    `INSERT INTO public.emergency_account (user_id, marked_by) SELECT id, 'test' FROM public."user" WHERE email = '${administrator.email}'`,
  );
  await provider.stop();
  const page = await comeByProvider(admin);
  await expect(page.getByText("The sign-in service does not answer")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password").fill(administrator.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await passChallenge(page, factors);
  await expect(page.getByText(/An emergency account was used/)).toBeVisible();
  await page.goto("/admin/single-sign-on");
  await expect(page.getByText("Another person reviews it")).toBeVisible();
  await expectAccessible(page);
  await page.context().close();
});
