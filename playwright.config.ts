import { defineConfig, devices } from "@playwright/test";
import { chromiumLaunch } from "./tests/support/chromium";

/** End-to-end tests run against a whole product of their own: data folder, ports and database (see global-setup). */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./tests/e2e/support/global-setup.ts",
  // One product and one database behind all of them.
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  // Of a page that comes at all; on a busy machine Chromium, the product and its database share two cores.
  expect: { timeout: 30_000 },
  forbidOnly: true,
  outputDir: "test-results",
  use: { trace: "retain-on-failure", launchOptions: chromiumLaunch() },
  projects: [{ name: "chromium", use: { ...devices["Desktop Chrome"] } }],
});
