import { expect, test } from "./support/test";

const person = { email: "ada@example.org", password: "four unrelated words here" };

test("the set-up link makes an administrator, who adds a source and signs in again", async ({
  page,
  product,
}) => {
  await page.goto(product.setupUrl ?? "");
  await page.getByLabel("Your name").fill("Ada Admin");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Make the administrator" }).click();
  await expect(page.getByRole("heading", { name: /What should Signalbox watch/ })).toBeVisible();

  await page.goto("/sources/add");
  await page.getByLabel("Name", { exact: true }).fill("Main engine");
  await page.getByLabel("Address").fill("http://127.0.0.1:9");
  await page.getByLabel("User name").fill("reader");
  await page.getByLabel("Password").fill("not a real secret");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("cell", { name: "Main engine", exact: true })).toBeVisible();

  await page.context().clearCookies();
  await page.goto("/sources");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fsources$/);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill("not the right password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("do not belong together")).toBeVisible();
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sources$/);
});
