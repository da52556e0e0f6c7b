import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { latencyBounds } from "@/lib/core/metric/latency-buckets";
import { retainedFrom } from "@/lib/core/metric/retention";
import { dropPartitionsBefore, ensurePartitions, type PartitionedTable } from "@/lib/db/partitions";
import { storeBatch } from "@/lib/ingest/pipeline";
import { keepPartitions } from "@/lib/jobs/keep-partitions";
import { rollUp } from "@/lib/jobs/roll-up";
import { aDelivery, addSource, batchOf, testNow, withStorage } from "@/tests/support/storage";

const db = withStorage();

const day = (text: string) => new Date(`${text}T00:00:00Z`);

async function partitionsOf(table: PartitionedTable): Promise<readonly string[]> {
  const { rows } = await db().pool.query(
    "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1",
    [`signal.${table}`],
  );
  return rows.map(({ name }) => name);
}

test("the database counts latencies in the same buckets as the program", async () => {
  const { rows } = await db().pool.query("SELECT signal.latency_edges() AS edges");
  expect(rows[0].edges).toEqual(latencyBounds);
});

describe("partitions", () => {
  test("are made by day or month, once each", async () => {
    expect(await ensurePartitions("leg_sample", { from: day("2024-01-30"), to: day("2024-02-02") })).toBe(4);
    expect(await ensurePartitions("leg_sample", { from: day("2024-02-01"), to: day("2024-02-03") })).toBe(1);
    expect(
      await ensurePartitions("external_audit_event", { from: day("2024-01-30"), to: day("2024-02-02") }),
    ).toBe(2);
    expect(await partitionsOf("leg_sample")).toEqual([
      "signal.leg_sample_20240130",
      "signal.leg_sample_20240131",
      "signal.leg_sample_20240201",
      "signal.leg_sample_20240202",
      "signal.leg_sample_20240203",
    ]);
  });

  test("are dropped when they end on or before a day, and only those of the named table", async () => {
    expect(await dropPartitionsBefore("leg_sample", day("2024-02-02"))).toBe(3);
    expect(await partitionsOf("leg_sample")).toEqual([
      "signal.leg_sample_20240202",
      "signal.leg_sample_20240203",
    ]);
    expect(await partitionsOf("external_audit_event")).toHaveLength(2);
  });

  test.each(["audit_leaf", "dead_letter", "delivery; DROP TABLE signal.audit_leaf"])(
    "are not made or dropped for %s",
    async (table) => {
      for (const sql of [
        "signal.ensure_partitions($1, now()::date, now()::date)",
        "signal.drop_partitions_before($1, now()::date)",
      ]) {
        await expect(db().pool.query(`SELECT ${sql}`, [table])).rejects.toThrow("not a partitioned table");
      }
    },
  );
});

describe("the partition job", () => {
  const run = () => keepPartitions.run({ signal: new AbortController().signal, now: () => testNow });

  test("covers retention and eight days ahead, and drops what is older", async () => {
    await ensurePartitions("delivery", { from: day("2025-01-01"), to: day("2025-01-02") });
    await run();
    const days = await partitionsOf("delivery");
    expect(days[0]).toBe("signal.delivery_20250203");
    expect(days.at(-1)).toBe("signal.delivery_20250318");
    expect(days).toHaveLength(44);
    expect((await partitionsOf("rollup_hour"))[0]).toBe("signal.rollup_hour_202402");
  });

  test("keeps a day that rollups still have to be counted from", async () => {
    const sourceId = await addSource(db(), "engine");
    const receivedAt = retainedFrom("deliveries", testNow);
    await storeBatch({ sourceId, batch: batchOf(aDelivery({ receivedAt })), now: testNow });
    const later = {
      signal: new AbortController().signal,
      now: () => new Date(testNow.getTime() + 5 * 86_400_000),
    };
    await keepPartitions.run(later);
    expect(await partitionsOf("delivery")).toContain("signal.delivery_20250203");
    await rollUp.run(later);
    await keepPartitions.run(later);
    expect(await partitionsOf("delivery")).not.toContain("signal.delivery_20250203");
    expect((await partitionsOf("rollup_minute"))[0]).toBe("signal.rollup_minute_20250207");
  });
});

describe("the application's role", () => {
  let app: pg.Client;

  beforeAll(async () => {
    app = new pg.Client({ connectionString: db().pool.options.connectionString });
    await app.connect();
    await app.query(
      `INSERT INTO signal.audit_leaf (at, actor_kind, actor_id, action, permission, entity_type, outcome, digest)
       VALUES (now(), 'system', 'test', 'E', 'overview.read', 'test', 'success', '')`,
    );
  });
  afterAll(() => app.end());

  /** Tables to which the role may only add. */
  const addOnly = ["audit_leaf", "audit_block", "audit_block_leaf", "audit_witness", "disclosure_grant"];
  const neverChanged = addOnly.flatMap((table) => [
    `DELETE FROM signal.${table}`,
    `TRUNCATE signal.${table}`,
    `DROP TABLE signal.${table}`,
    `ALTER TABLE signal.${table} DISABLE TRIGGER ALL`,
    `SELECT * FROM signal.${table} FOR UPDATE`,
  ]);

  test.each([
    ...neverChanged,
    "UPDATE signal.audit_leaf SET outcome = 'failure'",
    "UPDATE signal.audit_block SET hash = ''",
    "UPDATE signal.audit_unsealed SET leaf_id = 0",
    "UPDATE signal.disclosure_grant SET reason = ''",
    "UPDATE signal.break_glass SET reason = ''",
    "DELETE FROM signal.break_glass",
    "UPDATE clinical.fact_version SET body = '{}'",
    "TRUNCATE clinical.fact_version",
    "UPDATE clinical.issuer SET name = ''",
    "UPDATE signal.legal_hold SET reason = ''",
    "DELETE FROM signal.legal_hold",
    "CREATE TABLE signal.mine (id int)",
    "CREATE TABLE public.mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine",
    "CREATE FUNCTION signal.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "DROP TABLE signal.delivery",
    "TRUNCATE signal.delivery",
    "TRUNCATE signal.dead_letter",
    "ALTER TABLE signal.delivery ADD COLUMN mine int",
    "ALTER TABLE public.session DISABLE TRIGGER ALL",
    "DROP INDEX signal.delivery_failed",
    "DELETE FROM public._prisma_migrations",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT * FROM pg_authid",
    "COPY public.session TO PROGRAM 'cat'",
    "SET session_replication_role = replica",
    "ALTER SYSTEM SET log_statement = 'all'",
  ])("may not: %s", async (sql) => {
    await expect(app.query(sql)).rejects.toMatchObject({ code: "42501" });
  });

  test("may read what it appended", async () => {
    const { rows } = await app.query(
      "SELECT count(*)::int AS n FROM signal.audit_leaf WHERE actor_id = 'test'",
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});
