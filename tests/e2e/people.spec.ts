import type { Browser, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { withOwnProduct } from "./support/own-product";
import { enrol, makeAdministrator } from "./support/person";
import { expect, test } from "./support/test";

const product = withOwnProduct();
let admin: Page;
let second: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  admin = await aBrowser(browser);
  await makeAdministrator(admin, product().setupUrl ?? "");
});

test.afterAll(async () => {
  await admin.context().close();
  await second.context().close();
});

async function aBrowser(browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: product().url })).newPage();
}

/** Invites somebody from the list of people and answers with the link. */
async function invite(name: string): Promise<string> {
  await admin.goto("/admin/people");
  await admin.getByRole("button", { name: "Invite a person" }).click();
  await admin.getByLabel("Name").fill(name);
  await admin.getByLabel("E-mail").fill(`${name.toLowerCase()}@example.org`);
  await admin.getByRole("button", { name: "Make the link" }).click();
  const link = await admin.getByText(/\/invite\/invite_/).textContent();
  await admin.keyboard.press("Escape");
  return link ?? "";
}

async function giveRole(name: string, role: string): Promise<void> {
  await admin.goto("/admin/people");
  await admin.getByRole("link", { name }).click();
  await admin.getByRole("button", { name: "Give a role" }).click();
  await admin.getByLabel("Role", { exact: true }).selectOption(role);
  await admin.getByRole("button", { name: /^(Give it|Ask for it)$/ }).click();
}

test("a person who is invited joins by the link, once, and finds nothing open", async ({ browser }) => {
  const link = await invite("Bea");
  await expect(admin.getByRole("row", { name: /Bea/ })).toContainText("Invited");
  second = await aBrowser(browser);
  await second.goto(link);
  await expect(second.getByText("You will sign in as bea@example.org.")).toBeVisible();
  await second.getByLabel("Password").fill("another four unrelated words");
  await second.getByRole("button", { name: "Set the password and sign in" }).click();
  await enrol(second);
  await second.goto("/");
  await expect(second.getByRole("heading", { name: "No role opens anything for you yet" })).toBeVisible();
  await admin.goto(link);
  await expect(admin.getByRole("heading", { name: "This link does not hold" })).toBeVisible();
});

test("the only administrator gives a role alone, and is told that this is on record", async () => {
  await admin.goto("/admin/people");
  await expect(admin.getByText("Only one person can approve roles")).toBeVisible();
  await giveRole("Bea", "administrator");
  await expect(admin.getByText("The role is given.")).toBeVisible();
  await expect(admin.getByRole("row", { name: /Administrator/ })).toContainText("everywhere");
});

test("from then on a second administrator approves, after reading what happens", async () => {
  await invite("Carl");
  await giveRole("Carl", "interface-analyst");
  await expect(admin.getByText("A second person is asked.")).toBeVisible();
  await admin.goto("/approvals");
  await expect(admin.getByText("You asked for this: another person decides.")).toBeVisible();
  await expect(admin.getByRole("button", { name: "Approve" })).toHaveCount(0);

  await second.goto("/");
  await second.getByRole("link", { name: /Approvals/ }).click();
  await expect(
    second.getByRole("heading", { name: "Carl is given the role interface analyst everywhere." }),
  ).toBeVisible();
  await expectAccessible(second);
  await second.getByRole("button", { name: "Approve" }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(second.getByText("Nothing waits for a second person.")).toBeVisible();
  await second.goto("/approvals?tab=information");
  await expect(second.getByText(/Carl was given the role interface analyst/)).toContainText(
    "approved by Bea",
  );
});

test("the pages of people, a person and roles can be used by everybody", async () => {
  for (const address of ["/admin/people", "/admin/roles", "/approvals?tab=decided"]) {
    await admin.goto(address);
    await expectAccessible(admin);
  }
  await admin.goto("/admin/people");
  await admin.getByRole("link", { name: "Carl" }).click();
  await expect(admin.getByRole("row", { name: /Interface analyst/ })).toBeVisible();
  await expectAccessible(admin);
});

test("an account that is disabled is out at once, with its page open", async () => {
  await second.goto("/approvals");
  await admin.goto("/admin/people");
  await admin.getByRole("link", { name: "Bea" }).click();
  await admin.getByRole("button", { name: "Disable the account" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Disable the account" }).click();
  await expect(admin.getByText("Disabled", { exact: true }).first()).toBeVisible();
  await expect(second.getByRole("heading", { name: "Your session is over" })).toBeVisible();
  await second.getByRole("link", { name: "Sign in" }).click();
  await expect(second).toHaveURL(/\/sign-in/);
});
