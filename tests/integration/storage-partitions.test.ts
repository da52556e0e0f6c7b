import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ensurePartitions, partitionedTables } from "@/lib/db/partitions";
import { storeBatch } from "@/lib/ingest/pipeline";
import { aDelivery, addSource, batchOf, testNow, withStorage } from "@/tests/support/storage";

const db = withStorage();

/** A connection whose transaction is taken back at the end, so that what it makes is never seen by others. */
let maker: pg.Client;

beforeEach(async () => {
  maker = new pg.Client({ connectionString: db().pool.options.connectionString });
  await maker.connect();
  await maker.query("BEGIN");
});
afterEach(async () => {
  await maker.query("ROLLBACK");
  await maker.end();
});

async function makeDay(table: string, day: string): Promise<void> {
  const { rows } = await maker.query("SELECT signal.ensure_partitions($1, $2::date, $2::date) AS made", [
    table,
    day,
  ]);
  expect(rows).toEqual([{ made: 1 }]);
}

/** Runs one statement that fails instead of waiting for a lock. */
async function withoutWaiting(sql: string): Promise<void> {
  const client = await db().pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL lock_timeout = '2s'");
    await client.query(sql);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

describe("while a transaction makes a partition", () => {
  test("deliveries of days that have one are stored", async () => {
    await ensurePartitions("delivery", { from: testNow, to: testNow });
    await ensurePartitions("rollup_minute", { from: testNow, to: testNow });
    const sourceId = await addSource(db(), "engine");
    await makeDay("delivery", "2025-06-01");
    await makeDay("rollup_minute", "2025-06-01");
    const { items } = await storeBatch({ sourceId, batch: batchOf(aDelivery()), now: testNow });
    expect(items).toMatchObject([{ status: "created" }]);
  });

  test.each(partitionedTables)("%s is read and may be written", async (table) => {
    await makeDay(table, "2025-07-01");
    await withoutWaiting(`SELECT FROM signal.${table} LIMIT 1`);
    await withoutWaiting(`LOCK TABLE signal.${table} IN ROW EXCLUSIVE MODE`);
  });

  test("whoever needs the whole table would wait: the check sees locks", async () => {
    await makeDay("delivery", "2025-08-01");
    await expect(
      withoutWaiting("LOCK TABLE signal.delivery IN SHARE ROW EXCLUSIVE MODE NOWAIT"),
    ).rejects.toMatchObject({ code: "55P03" });
  });
});

test.each(partitionedTables)(
  "a partition of %s has the columns, keys and indexes of its parent",
  async (table) => {
    await makeDay(table, "2025-09-01");
    const parent = `signal.${table}`;
    const { rows } = await maker.query<{ name: string }>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass AND inhrelid::regclass::text ~ '_202509(01)?$'",
      [parent],
    );
    const partition = rows[0]?.name ?? "";
    expect(await shapeOf(partition)).toEqual(await shapeOf(parent));
  },
);

/** Columns with type, default, nullability and storage; constraints; index definitions without names. */
async function shapeOf(table: string): Promise<unknown> {
  const { rows } = await maker.query(
    `SELECT
       (SELECT json_agg(json_build_array(attname, atttypid::regtype, atttypmod, attnotnull, attstorage, pg_get_expr(adbin, adrelid)) ORDER BY attnum)
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = $1::regclass AND attnum > 0) AS columns,
       (SELECT json_agg(json_build_array(contype, pg_get_constraintdef(oid)) ORDER BY contype, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE conrelid = $1::regclass) AS constraints,
       (SELECT json_agg(regexp_replace(pg_get_indexdef(indexrelid), '^(CREATE (UNIQUE )?INDEX) .* USING', '\\1')
          ORDER BY regexp_replace(pg_get_indexdef(indexrelid), '^(CREATE (UNIQUE )?INDEX) .* USING', '\\1'))
        FROM pg_index WHERE indrelid = $1::regclass) AS indexes`,
    [table],
  );
  return rows[0];
}
