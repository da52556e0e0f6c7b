import { readFile } from "node:fs/promises";
import path from "node:path";
import { runNode } from "../support/run-command";
import { withOwnProduct } from "./support/own-product";
import { expect, test } from "./support/test";

const product = withOwnProduct();
const processes = ["webPid", "workerPid", "databasePid"] as const;

async function runState(): Promise<Readonly<Record<string, number>>> {
  return JSON.parse(await readFile(path.join(product().dataDir, "run.json"), "utf8"));
}

test("health answers without signing in", async ({ request }) => {
  const response = await request.get(`${product().url}/api/health`);
  expect(response.status()).toBe(200);
});

test("a forwarded address that nobody vouches for changes nothing", async ({ request }) => {
  const headers = { "x-forwarded-host": "evil.example" };
  const response = await request.get(`${product().url}/api/health`, { headers });
  expect(await response.text()).not.toContain("evil.example");
});

test("a second start on the same data is refused with the address of the first", async () => {
  const { code, output } = await runNode(["scripts/start.mjs"], {
    env: { SIGNALBOX_DATA_DIR: product().dataDir },
  });
  expect(code).toBe(1);
  expect(output).toContain(`already runs at ${product().url}`);
});

for (const name of processes) {
  test(`the product comes back by itself after a kill of ${name.replace("Pid", "")}`, async ({ request }) => {
    const health = () => request.get(`${product().url}/api/health`).catch(() => undefined);
    const before = await runState();
    process.kill(before[name] ?? 0, "SIGKILL");
    await expect.poll(async () => (await runState())[name], { timeout: 30_000 }).not.toBe(before[name]);
    await expect.poll(async () => (await health())?.status(), { timeout: 30_000 }).toBe(200);
  });
}
