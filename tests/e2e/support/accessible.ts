import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Expects that axe finds nothing against WCAG 2.2 AA or good practice on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  // After a step within the console the title comes a moment behind the page.
  await expect(page).toHaveTitle(/\S/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" "))}`)).toEqual(
    [],
  );
}
