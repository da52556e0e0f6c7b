import { createTally } from "@/lib/core/metric/histogram";
import type { Database } from "@/lib/db/client";

/** A row of a rollup tier in a form that can be compared: counts in the order of the table, buckets with their counts. */
export type TierRow = {
  readonly legId: number;
  readonly bucketMs: number;
  readonly counts: readonly number[];
  readonly buckets: readonly (readonly [number, number])[];
};

/** All rows of one tier, each by itself. */
export async function readTier(
  db: Database,
  table: "rollup_minute" | "rollup_hour" | "rollup_day",
): Promise<readonly TierRow[]> {
  const hist = table === "rollup_minute" ? "hist_buckets, hist_counts" : "hist";
  const { rows } = await db.pool.query(
    `SELECT leg_id, round(extract(epoch FROM bucket_start) * 1000)::float8 AS ms, ${hist},
       ARRAY[ok, failed, filtered, pending, unknown, first_ok, first_failed, replays, suspects]::float8[] AS counts
     FROM signal.${table}`,
  );
  const tally = createTally();
  return rows.map((row) => {
    tally.clear();
    if (table === "rollup_minute") tally.addPairs({ buckets: row.hist_buckets, counts: row.hist_counts });
    else tally.add(row.hist);
    const buckets = (["latency", "wait", "partner"] as const).flatMap((kind, i) =>
      tally.buckets(kind).map(({ bucket, count }): readonly [number, number] => [bucket + 1024 * i, count]),
    );
    return { legId: row.leg_id, bucketMs: row.ms, counts: row.counts, buckets };
  });
}
