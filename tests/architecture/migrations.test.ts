import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { withTestDatabase } from "@/tests/support/database";
import { type Ended, runNode } from "@/tests/support/run-command";

/** Runs the prisma command against a database. */
function prisma(databaseUrl: string, args: readonly string[]): Promise<Ended> {
  return runNode(["node_modules/prisma/build/index.js", ...args], {
    env: { DATABASE_OWNER_URL: databaseUrl, CHECKPOINT_DISABLE: "1" },
  });
}

const DIFF = [
  "migrate",
  "diff",
  "--exit-code",
  "--from-config-datasource",
  "--to-schema",
  "prisma/schema.prisma",
];

describe("a migrated database with live partitions", () => {
  const database = withTestDatabase();

  beforeAll(async () => {
    const client = new pg.Client({ connectionString: database().appUrl });
    await client.connect();
    await client.query("SELECT signal.ensure_partitions('delivery', '2026-01-01', '2026-02-03')");
    await client.end();
  });

  test("is up to date in prisma's own eyes", async () => {
    const { code, output } = await prisma(database().ownerUrl, ["migrate", "status"]);
    expect(output).toContain("Database schema is up to date");
    expect(code).toBe(0);
  });

  test("does not differ from schema.prisma, so that prisma would drop no partition", async () => {
    const { code, output } = await prisma(database().ownerUrl, DIFF);
    expect(output).toContain("No difference detected");
    expect(code).toBe(0);
  });

  test("a table missing from schema.prisma is noticed", async () => {
    const client = new pg.Client({ connectionString: database().ownerUrl });
    await client.connect();
    await client.query("CREATE TABLE public.forgotten (id integer PRIMARY KEY)");
    await client.end();
    const { code, output } = await prisma(database().ownerUrl, DIFF);
    expect(output).toContain("forgotten");
    expect(code).toBe(2);
  });
});
