import { expect, type Page } from "@playwright/test";
import { aChannel, aDestination } from "@/lib/demo/engine/channel-spec";
import { sampleChannels } from "@/lib/demo/engine/sample-channels";
import { type Engine, startEngine } from "@/lib/demo/engine/start-engine";
import type { RunningProduct } from "@/tests/support/product";
import { makeAdministrator } from "./person";

/** A channel of which a third goes wrong in the same way, whatever the seed. */
export const FAILING_CHANNEL = "Orders that are refused";

const channels = [
  ...sampleChannels,
  aChannel({
    id: "5b0a00ff-0000-4000-8000-0000000000ff",
    name: FAILING_CHANNEL,
    port: 6699,
    messageTypes: [["ORM^O01", 1]],
    share: 4,
    destinations: [aDestination({ name: "RIS", failureRate: 0.3, failures: [["nack_ae", 1]] })],
  }),
];

/** Makes the administrator, connects a stub engine that holds a few hundred messages, and waits until all are read. */
export async function watchEngine(page: Page, product: RunningProduct): Promise<Engine> {
  const engine = await startEngine({ port: 0, seed: 11, now: () => new Date(), messages: 400, channels });
  await makeAdministrator(page, product.setupUrl ?? "");
  await page.goto("/sources/add");
  await page.getByLabel("Name", { exact: true }).fill("Main engine");
  await page.getByLabel("Address").fill(engine.url);
  await page.getByLabel("User name", { exact: true }).fill(engine.credentials.username);
  await page.getByLabel("Password", { exact: true }).fill(engine.credentials.password);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Main engine" })).toBeVisible();
  await expect(async () => {
    await page.goto("/interfaces");
    const row = page.getByRole("row", { name: new RegExp(FAILING_CHANNEL) });
    await expect(row).toContainText("%", { timeout: 1_000 });
    await expect(page.getByText(/Older messages are still being read/)).toHaveCount(0);
  }).toPass({ timeout: 120_000 });
  return engine;
}
