import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddedDatabase } from "@/lib/db/embedded/start";
import { documentOf, signalbox } from "@/tests/support/command-line";

let dataDir = "";
/** No database of one's own: the embedded one in the data folder. */
const env = () => ({ SIGNALBOX_DATA_DIR: dataDir, DATABASE_URL: "", DATABASE_OWNER_URL: "" });
const start = () => startEmbeddedDatabase({ dataDir, say: () => undefined });

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "signalbox command line "));
  // As root the server runs under another account, which must get through this folder.
  await chmod(dataDir, 0o711);
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

test("a command makes, migrates, uses and stops the embedded database where nothing runs", async () => {
  const end = await signalbox("health --json", { env: env() });
  expect({ code: end.code, document: documentOf(end) }).toMatchObject({
    code: 0,
    document: { database: { reachable: true }, migrations: { pending: 0 } },
  });
  const next = await start();
  expect(next.reused).toBe(false);
  await next.stop();
});

test("a command shares the embedded database of a running product and leaves it running", async () => {
  const product = await start();
  try {
    const made = await signalbox("setup --email a@example.org --name A --password-stdin --json", {
      env: env(),
      input: "correct horse battery staple",
    });
    expect({ code: made.code, document: documentOf(made) }).toMatchObject({ code: 0 });
    const taken = await signalbox("backup --json", { env: env() });
    expect(Object(documentOf(taken)).file).toContain(path.join(dataDir, "backups"));

    const client = new pg.Client({ connectionString: product.ownerUrl });
    await client.connect();
    expect((await client.query('SELECT email FROM public."user"')).rows).toEqual([
      { email: "a@example.org" },
    ]);
    await client.end();
  } finally {
    await product.stop();
  }
});
