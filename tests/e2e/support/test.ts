import { test as base, expect } from "@playwright/test";
import { type PolicyWatch, watchPolicy } from "./watch-policy";

type TestFixtures = {
  /** Fails each test in whose time a page was refused something by its content policy. */
  readonly obeysPolicy: undefined;
};

/**
 * Playwright's `test`. No page of any test may violate the content policy: what a file's `beforeAll` provoked fails its
 * first test.
 */
export const test = base.extend<TestFixtures, { readonly policy: PolicyWatch }>({
  policy: [async ({ browser }, use) => use(watchPolicy(browser)), { scope: "worker", auto: true }],
  obeysPolicy: [
    async ({ policy }, use) => {
      await use(undefined);
      expect(policy.take(), "what pages were refused by their content policy").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
