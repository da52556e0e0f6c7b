import { test as base } from "@playwright/test";
import { type ProductUnderTest, productUnderTest } from "../../support/product-under-test";

const running = productUnderTest();

/** Playwright's `test` with the running product as its base address and as `product`. */
export const test = base.extend<{ readonly product: ProductUnderTest }>({
  baseURL: [running.url, { option: true }],
  product: [running, { option: true }],
});

export { expect } from "@playwright/test";
