import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { withOwnProduct } from "./support/own-product";
import { makeAdministrator } from "./support/person";
import { runInDatabase } from "./support/product-database";
import { expect, test } from "./support/test";

const product = withOwnProduct();
let admin: Page;
let screen: Page;
let link = "";

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  const open = async () => (await browser.newContext({ baseURL: product().url })).newPage();
  [admin, screen] = [await open(), await open()];
  await makeAdministrator(admin, product().setupUrl ?? "");
});
test.afterAll(async () => {
  await admin.context().close();
  await screen.context().close();
});

test("an administrator makes a wall board for this machine's addresses", async () => {
  await admin.goto("/admin/displays");
  await admin.getByRole("button", { name: "New wall board" }).click();
  await admin.getByLabel("Name").fill("Control room");
  await admin.getByLabel("Addresses").fill("somewhere");
  await admin.getByRole("button", { name: "Make the link" }).click();
  await expect(admin.getByText("Write addresses or ranges")).toBeVisible();
  await admin.getByLabel("Addresses").fill("127.0.0.0/8, ::1");
  await admin.getByRole("button", { name: "Make the link" }).click();
  link = (await admin.getByText(/\/board\/open\/display_/).textContent()) ?? "";
  await admin.keyboard.press("Escape");
  await expect(admin.getByRole("row", { name: /Control room/ })).toContainText("Waits for its screen");
  await expectAccessible(admin);
});

test("the link shows it on one screen, and stays in no address", async () => {
  await screen.goto("/board");
  await expect(screen.getByRole("heading", { name: "This screen is not set up" })).toBeVisible();
  await screen.goto(link);
  await expectAccessible(screen);
  await screen.getByRole("button", { name: "Show it on this screen" }).click();
  await expect(screen).toHaveURL(/\/board$/);
  await expect(screen.getByRole("heading", { level: 1 })).not.toHaveText("This screen is not set up");
  await expectAccessible(screen);
  await admin.goto(link);
  await admin.getByRole("button", { name: "Show it on this screen" }).click();
  await expect(admin.getByText("This link is used up, out of date")).toBeVisible();
});

test("it offers nothing to press and opens no other page", async () => {
  await expect(screen.locator("main").locator("a, button, input, form")).toHaveCount(0);
  await screen.goto("/interfaces");
  await expect(screen).toHaveURL(/\/sign-in/);
});

test("it shows nothing any more once it is ended, or stands elsewhere", async () => {
  await screen.goto("/board");
  await runInDatabase(product(), "UPDATE public.display SET ranges = '{192.0.2.0/24}'");
  await screen.reload();
  await expect(screen.getByRole("heading", { name: "This screen is not set up" })).toBeVisible();
  await runInDatabase(product(), "UPDATE public.display SET ranges = '{127.0.0.0/8,::1}'");
  await screen.reload();
  await expect(screen.getByRole("heading", { name: "This screen is not set up" })).toHaveCount(0);
  await admin.goto("/admin/displays");
  await admin.getByRole("button", { name: "End", exact: true }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "End", exact: true }).click();
  await expect(admin.getByRole("row", { name: /Control room/ })).toContainText("Ended");
  await screen.reload();
  await expect(screen.getByRole("heading", { name: "This screen is not set up" })).toBeVisible();
});
