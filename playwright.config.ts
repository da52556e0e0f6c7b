import { defineConfig, devices } from "@playwright/test";
import { chromiumLaunch } from "./tests/support/chromium";

/** Each file of end-to-end tests runs against a whole product of its own: data folder, ports and database. */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  // Two files at a time: much of their time is waiting, for the next one-time code or for a page to lock.
  workers: 2,
  fullyParallel: false,
  timeout: 60_000,
  // Of a page that comes at all; on a busy machine Chromium, the product and its database share two cores.
  expect: { timeout: 30_000 },
  forbidOnly: true,
  outputDir: "test-results",
  // `--trace retain-on-failure` keeps one to look into; recording doubles the time of large pages.
  use: { trace: "off", launchOptions: chromiumLaunch() },
  projects: [{ name: "chromium", use: { ...devices["Desktop Chrome"] } }],
});
