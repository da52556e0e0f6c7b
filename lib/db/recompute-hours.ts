import type pg from "pg";
import { groupBy } from "@/lib/core/group-by";
import { createTally } from "@/lib/core/metric/histogram";
import { addCounts, noCounts } from "@/lib/core/metric/outcome-counts";
import { arrayLiteral } from "./array-literal";
import { type DirtyKey, markDirty } from "./dirty";
import { withPartitions } from "./partitions";
import { inPoolTransaction } from "./pool-transaction";
import { type HourOwn, writeHours } from "./rollup-chain";
import { countsSql, parseCounts } from "./rollup-columns";
import { groupIds } from "./rollup-groups";

/**
 * Counts these hours anew from their minutes and writes what follows from them (see writeHours); marks the groups'
 * hours. Whoever recomputes a leg holds its row of signal.rollup_lock until it commits; the minutes are read after that.
 */
export async function recomputeHours(keys: readonly DirtyKey[]): Promise<void> {
  if (keys.length === 0) return;
  await recompute(keys, async (client) => {
    await writeHours(client, await countHours(client, keys));
    const hours = new Set(keys.map(({ bucketMs }) => bucketMs));
    const mark = markDirty(
      "group",
      [...hours].flatMap((bucketMs) => Object.values(groupIds).map((legId) => ({ legId, bucketMs }))),
    );
    await client.query(mark.text, [...mark.values]);
  });
}

/** Counts these hours of groups anew from the hours of their legs and writes what follows from them. */
export async function recomputeGroupHours(keys: readonly DirtyKey[]): Promise<void> {
  if (keys.length === 0) return;
  await recompute(keys, async (client) => writeHours(client, await countGroupHours(client, keys)));
}

async function recompute(
  keys: readonly DirtyKey[],
  work: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const legIds = [...new Set(keys.map(({ legId }) => legId))].sort((a, b) => a - b);
  const need = { tables: ["rollup_hour"], instantsMs: keys.map(({ bucketMs }) => bucketMs) } as const;
  await withPartitions(need, () =>
    inPoolTransaction(async (client) => {
      const legs = [arrayLiteral(legIds, (legId) => legId)];
      await client.query(
        "INSERT INTO signal.rollup_lock (leg_id) SELECT leg_id FROM unnest($1::int4[]) AS n(leg_id) ORDER BY 1 ON CONFLICT DO NOTHING",
        legs,
      );
      await client.query(
        "SELECT FROM signal.rollup_lock WHERE leg_id = ANY($1::int4[]) ORDER BY leg_id FOR UPDATE",
        legs,
      );
      await work(client);
    }),
  );
}

type PairRow = {
  readonly leg_id: number;
  readonly bucket_ms: string;
  readonly counts: string;
  readonly buckets: string | null;
  readonly ns: string | null;
};

async function countHours(client: pg.PoolClient, keys: readonly DirtyKey[]): Promise<readonly HourOwn[]> {
  const { rows } = await client.query<PairRow>({
    name: "count-hours",
    text: `SELECT n.leg_id, n.bucket_ms::bigint::text AS bucket_ms, sums.*
     FROM unnest($1::int4[], $2::float8[]) AS n(leg_id, bucket_ms)
     CROSS JOIN LATERAL (
       SELECT ${countsSql((name) => `coalesce(sum(m.${name}), 0)`)} AS counts,
         string_agg(array_to_string(m.hist_buckets, ','), ',') FILTER (WHERE m.hist_buckets <> '{}') AS buckets,
         string_agg(array_to_string(m.hist_counts, ','), ',') FILTER (WHERE m.hist_buckets <> '{}') AS ns
       FROM signal.rollup_minute m
       WHERE m.leg_id = n.leg_id AND m.bucket_start >= to_timestamp(n.bucket_ms / 1000)
         AND m.bucket_start < to_timestamp(n.bucket_ms / 1000) + interval '1 hour'
     ) AS sums`,
    values: keyArrays(keys),
  });
  const tally = createTally();
  return rows.map((row) => {
    tally.clear();
    tally.addPairs({ buckets: numbers(row.buckets), counts: numbers(row.ns) });
    return {
      legId: row.leg_id,
      bucketMs: Number(row.bucket_ms),
      counts: parseCounts(row.counts),
      hist: tally.encode(),
    };
  });
}

type GroupRow = {
  readonly leg_id: number;
  readonly bucket_ms: string;
  readonly counts: string;
  readonly hist: Buffer;
};

/**
 * One row for each leg and hour: an array of histograms would cost the driver many times as much to take apart. OFFSET 0
 * keeps the lookup by primary key, where the planner might read whole months instead.
 */
async function countGroupHours(
  client: pg.PoolClient,
  keys: readonly DirtyKey[],
): Promise<readonly HourOwn[]> {
  const { rows } = await client.query<GroupRow>({
    name: "count-group-hours",
    text: `SELECT n.leg_id, n.bucket_ms::bigint::text AS bucket_ms, ${countsSql((name) => `h.${name}`)} AS counts, h.hist
     FROM unnest($1::int4[], $2::float8[]) AS n(leg_id, bucket_ms)
     JOIN public.leg ON leg.direction = CASE n.leg_id WHEN ${groupIds.source} THEN 'source' ELSE 'destination' END
     CROSS JOIN LATERAL (
       SELECT * FROM signal.rollup_hour r
       WHERE r.leg_id = leg.id AND r.bucket_start = to_timestamp(n.bucket_ms / 1000)
       OFFSET 0
     ) AS h`,
    values: keyArrays(keys),
  });
  const parts = groupBy(rows, (row) => `${row.leg_id}/${row.bucket_ms}`);
  const tally = createTally();
  return keys.map(({ legId, bucketMs }) => {
    tally.clear();
    let counts = noCounts;
    for (const row of parts.get(`${legId}/${bucketMs}`) ?? []) {
      tally.add(row.hist);
      counts = addCounts(counts, parseCounts(row.counts));
    }
    return { legId, bucketMs, counts, hist: tally.encode() };
  });
}

function keyArrays(keys: readonly DirtyKey[]): string[] {
  return [arrayLiteral(keys, (key) => key.legId), arrayLiteral(keys, (key) => key.bucketMs)];
}

function numbers(joined: string | null): readonly number[] {
  return joined === null ? [] : joined.split(",").map(Number);
}
