import { afterEach, expect, test } from "vitest";
import { type ProcessKind, setProcessKind } from "@/lib/config/process-kind";
import { atOneMoment } from "@/lib/db/audit-trail";
import { type Database, openDatabase, statementLimitsMs } from "@/lib/db/client";
import { withTestDatabase } from "@/tests/support/database";
import { withStorage } from "@/tests/support/storage";

withStorage();
const place = withTestDatabase();

afterEach(() => setProcessKind("web"));

async function withDatabase<T>(
  options: { readonly statementMs?: number },
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const db = openDatabase(place().appUrl, options);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

async function limitMs({ pool }: Pick<Database, "pool">): Promise<number> {
  const { rows } = await pool.query<{ ms: number }>(
    "SELECT setting::int AS ms FROM pg_settings WHERE name = 'statement_timeout'",
  );
  return rows[0]?.ms ?? -1;
}

test.each<ProcessKind>(["web", "worker", "cli"])(
  "a process of kind %s asks under its own limit",
  async (kind) => {
    setProcessKind(kind);
    expect(await withDatabase({}, limitMs)).toBe(statementLimitsMs[kind]);
    expect(statementLimitsMs[kind]).toBeGreaterThan(0);
  },
);

test("pages wait less long for the database than jobs", () => {
  expect(statementLimitsMs.web).toBeLessThan(statementLimitsMs.worker);
});

test("a statement that runs longer is ended by the server, Prisma's too, and the next one is answered", async () => {
  await withDatabase({ statementMs: 50 }, async ({ pool, prisma }) => {
    await expect(pool.query("SELECT pg_sleep(600)")).rejects.toMatchObject({ code: "57014" });
    await expect(prisma.$queryRaw`SELECT pg_sleep(600)`).rejects.toThrow(/57014|statement timeout/);
    expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });
});

test("the trail is read as a whole, however long that takes", async () => {
  const shown = await atOneMoment(async (client) => (await client.query("SHOW statement_timeout")).rows);
  expect(shown).toEqual([{ statement_timeout: "0" }]);
});
