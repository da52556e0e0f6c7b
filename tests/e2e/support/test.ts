import { test as base } from "@playwright/test";
import { type ProductUnderTest, productUnderTest } from "../../support/product-under-test";

const running = productUnderTest();

/** Playwright's `test` with the running product as its base address and as `product`. */
export const test = base.extend<{ readonly product: ProductUnderTest }>({
  baseURL: async ({ browserName: _ }, use) => use(running.url),
  product: async ({ browserName: _ }, use) => use(running),
});

export { expect } from "@playwright/test";
