import { readFile } from "node:fs/promises";
import path from "node:path";
import { runNode } from "../support/run-command";
import { expect, test } from "./support/test";

const processes = ["webPid", "workerPid", "databasePid"] as const;

async function runState(dataDir: string): Promise<Readonly<Record<string, number>>> {
  return JSON.parse(await readFile(path.join(dataDir, "run.json"), "utf8"));
}

test("a second start on the same data is refused with the address of the first", async ({ product }) => {
  const { code, output } = await runNode(["scripts/start.mjs"], {
    env: { SIGNALBOX_DATA_DIR: product.dataDir },
  });
  expect(code).toBe(1);
  expect(output).toContain(`already runs at ${product.url}`);
});

for (const name of processes) {
  test(`the product comes back by itself after a kill of ${name.replace("Pid", "")}`, async ({
    product,
    request,
  }) => {
    const before = await runState(product.dataDir);
    process.kill(before[name] ?? 0, "SIGKILL");
    await expect
      .poll(async () => (await runState(product.dataDir))[name], { timeout: 30_000 })
      .not.toBe(before[name]);
    await expect
      .poll(async () => (await request.get("/api/health").catch(() => undefined))?.status(), {
        timeout: 30_000,
      })
      .toBe(200);
  });
}
