import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { createTestDatabase, withTestDatabase } from "@/tests/support/database";

async function rows(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("rights of the application's role", () => {
  const database = withTestDatabase();

  test("it adds to the audit and reads it", async () => {
    await rows(
      database().appUrl,
      `INSERT INTO signal.audit_leaf (at, actor_kind, actor_id, action, permission, entity_type, outcome, digest)
       VALUES (now(), 'system', 'start', 'C', 'test', 'test', 'success', '\\x00')`,
    );
    expect(await rows(database().appUrl, "SELECT entity_type FROM signal.audit_leaf")).toEqual([
      { entity_type: "test" },
    ]);
  });

  test.each([
    "UPDATE signal.audit_leaf SET actor_id = 'x'",
    "DELETE FROM signal.audit_leaf",
    "TRUNCATE signal.audit_leaf",
  ])("it may not run: %s", async (sql) => {
    await expect(rows(database().appUrl, sql)).rejects.toMatchObject({ code: "42501" });
  });

  test("it makes partitions through the function but no table itself", async () => {
    const made = await rows(
      database().appUrl,
      "SELECT signal.ensure_partitions('delivery', '2026-01-01', '2026-01-02') > 0 AS made",
    );
    expect(made).toEqual([{ made: true }]);
    await expect(rows(database().appUrl, "CREATE TABLE signal.mine (a int)")).rejects.toMatchObject({
      code: "42501",
    });
    await expect(rows(database().appUrl, "CREATE TABLE public.mine (a int)")).rejects.toMatchObject({
      code: "42501",
    });
  });

  test("it writes configuration and facts", async () => {
    await rows(database().appUrl, "INSERT INTO public.setting (key, value) VALUES ('k', '1')");
    await rows(database().appUrl, "UPDATE public.setting SET value = '2'");
    await rows(database().appUrl, "DELETE FROM public.setting");
    await rows(database().appUrl, "INSERT INTO signal.rollup_lock VALUES (1)");
    expect(await rows(database().appUrl, "DELETE FROM signal.rollup_lock RETURNING leg_id")).toEqual([
      { leg_id: 1 },
    ]);
  });

  test("it reads the ledger of migrations and cannot rewrite it", async () => {
    await expect(rows(database().appUrl, "DELETE FROM _prisma_migrations")).rejects.toMatchObject({
      code: "42501",
    });
    expect(await rows(database().appUrl, "SELECT FROM _prisma_migrations LIMIT 1")).toHaveLength(1);
  });
});

describe("migrating", () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });

  async function copiedMigrations(): Promise<string> {
    const folder = await mkdtemp(path.join(tmpdir(), "signalbox migrations "));
    folders.push(folder);
    await cp("prisma/migrations", folder, { recursive: true });
    return folder;
  }

  async function addMigration(folder: string, migration: { readonly name: string; readonly sql: string }) {
    await mkdir(path.join(folder, migration.name));
    await writeFile(path.join(folder, migration.name, "migration.sql"), migration.sql);
  }

  const database = withTestDatabase();

  test("a second run applies nothing", async () => {
    expect(await migrate(database())).toEqual({ applied: [] });
  });

  test("two runs at once apply a migration once", async () => {
    const own = await createTestDatabase();
    const folder = await copiedMigrations();
    await addMigration(folder, { name: "9000_more", sql: "CREATE TABLE public.more (a int)" });
    const runs = await Promise.all([migrate({ ...own, folder }), migrate({ ...own, folder })]);
    expect(runs.flatMap(({ applied }) => applied)).toEqual(["9000_more"]);
    await own.drop();
  });

  test("a failing migration leaves no trace and is named", async () => {
    const folder = await copiedMigrations();
    await addMigration(folder, {
      name: "9001_broken",
      sql: "CREATE TABLE public.half (a int); SELECT nonsense",
    });
    await expect(migrate({ ...database(), folder })).rejects.toMatchObject({
      code: "internal",
      info: { migration: "9001_broken" },
    });
    expect(await rows(database().ownerUrl, "SELECT to_regclass('public.half') AS half")).toEqual([
      { half: null },
    ]);
    expect(await migrate(database())).toEqual({ applied: [] });
  });

  test("a changed migration is refused, other line endings are not", async () => {
    const folder = await copiedMigrations();
    const [first] = await rows(
      database().ownerUrl,
      "SELECT min(migration_name) AS name FROM _prisma_migrations",
    );
    expect(first).toEqual({ name: "0001_public" });
    const file = path.join(folder, "0001_public", "migration.sql");
    await cp(file, `${file}.bak`);
    await writeFile(file, "SELECT 1");
    await expect(migrate({ ...database(), folder })).rejects.toMatchObject({ code: "conflict" });
    await writeFile(file, (await readFile(`${file}.bak`, "utf8")).replaceAll("\n", "\r\n"));
    expect(await migrate({ ...database(), folder })).toEqual({ applied: [] });
  });

  test("a database of a newer release is refused", async () => {
    const own = await createTestDatabase();
    const folder = await copiedMigrations();
    await addMigration(folder, { name: "9002_future", sql: "SELECT 1" });
    await migrate({ ...own, folder });
    await expect(migrate(own)).rejects.toMatchObject({
      code: "conflict",
      info: { migration: "9002_future" },
    });
    await own.drop();
  });
});
