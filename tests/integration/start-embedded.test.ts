import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/lib/db/embedded/start";

async function query(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  // A killed server ends the connection while the test is not looking.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("the embedded database, in a path with spaces", () => {
  let dataDir = "";
  const start = (): Promise<EmbeddedDatabase> => startEmbeddedDatabase({ dataDir, say: () => undefined });

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "signalbox embedded "));
    await chmod(dataDir, 0o711);
  });

  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  test("it is durable: committed rows outlive a killed server, at the same address", async () => {
    const first = await start();
    expect(await query(first.ownerUrl, "SHOW fsync")).toEqual([{ fsync: "on" }]);
    expect(await query(first.ownerUrl, "SHOW synchronous_commit")).toEqual([{ synchronous_commit: "on" }]);
    await query(first.ownerUrl, "CREATE TABLE kept AS SELECT 42 AS answer");

    process.kill(first.pid, "SIGKILL");
    await first.lost;
    const second = await start();
    expect(second.reused).toBe(false);
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(await query(second.ownerUrl, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test("stopping ends the server, and stopping again does nothing", async () => {
    const database = await start();
    await database.stop();
    expect(isAlive(database.pid)).toBe(false);
    await database.stop();
  });

  test("a second user joins the running server, and only the last one stops it", async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ reused: true, pid: first.pid, appUrl: first.appUrl });
    await first.stop();
    expect(await query(second.appUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await second.stop();
    expect(isAlive(second.pid)).toBe(false);
  });

  test("two first starts at once end with one server", async () => {
    const other = await mkdtemp(path.join(tmpdir(), "signalbox twins "));
    await chmod(other, 0o711);
    const request = { dataDir: other, say: () => undefined };
    const [one, two] = await Promise.all([startEmbeddedDatabase(request), startEmbeddedDatabase(request)]);
    expect(one.pid).toBe(two.pid);
    await one.stop();
    await two.stop();
    await rm(other, { recursive: true, force: true });
  });

  test("passwords are required, generated, and readable by their owner only", async () => {
    const database = await start();
    const wrong = new URL(database.appUrl);
    wrong.password = "guess";
    await expect(query(wrong.href, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
    const { mode } = await stat(path.join(dataDir, "postgres", "credentials.json"));
    expect(mode & 0o777).toBe(0o600);
    await database.stop();
  });

  test("roles have no more rights than they need", async () => {
    const database = await start();
    const rights = await query(
      database.ownerUrl,
      "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname LIKE 'signalbox%' ORDER BY 1",
    );
    expect(rights).toEqual([
      { rolname: "signalbox_app", rolsuper: false, rolcreatedb: false, rolcreaterole: false },
      { rolname: "signalbox_owner", rolsuper: false, rolcreatedb: true, rolcreaterole: false },
    ]);
    await database.stop();
  });

  test("it listens on the loopback address alone", async () => {
    const database = await start();
    expect(await query(database.ownerUrl, "SHOW listen_addresses")).toEqual([
      { listen_addresses: "127.0.0.1" },
    ]);
    await database.stop();
  });
});
