/*
 * How deliveries are counted into a minute, for the two statements that do it: the hot path, which adds what it
 * inserted, and the recomputation, which counts a minute anew.
 */

/**
 * Select list over deliveries: counts under the names of rollup_minute's columns, and `buckets`, one entry for each
 * latency with the offset of its kind.
 */
export const minuteCountsSql = `
    count(*) FILTER (WHERE outcome = 'ok') AS ok,
    count(*) FILTER (WHERE outcome = 'failed') AS failed,
    count(*) FILTER (WHERE outcome = 'filtered') AS filtered,
    count(*) FILTER (WHERE outcome = 'pending') AS pending,
    count(*) FILTER (WHERE outcome = 'unknown') AS unknown,
    count(*) FILTER (WHERE first_outcome = 'ok') AS first_ok,
    count(*) FILTER (WHERE first_outcome = 'failed') AS first_failed,
    count(replay_of) AS replays,
    count(*) FILTER (WHERE clock_suspect) AS suspects,
    ${bucketsSql("latency_ms", 0)} || ${bucketsSql("wait_ms", 1024)} || ${bucketsSql("partner_ms", 2048)} AS buckets`;

/** Counts for buckets that stand for one delivery each. */
export function onesSql(buckets: string): string {
  return `array_fill(1, ARRAY[cardinality(${buckets})])`;
}

/**
 * A row of (buckets, counts) out of pairs in which a bucket may stand more than once. Few pairs stay as they are, which
 * is cheap and usual; from MAX_LOOSE_PAIRS on equal buckets are added up.
 */
export function mergedPairsSql(pairs: { readonly buckets: string; readonly counts: string }): string {
  return `(
      SELECT ${pairs.buckets}, ${pairs.counts}
      WHERE cardinality(${pairs.buckets}) <= ${MAX_LOOSE_PAIRS}
      UNION ALL
      SELECT array_agg(bucket), array_agg(n)
      FROM (
        SELECT bucket, sum(n)::int4 AS n
        FROM unnest(${pairs.buckets}, ${pairs.counts}) AS pair(bucket, n)
        WHERE cardinality(${pairs.buckets}) > ${MAX_LOOSE_PAIRS}
        GROUP BY bucket
      ) AS merged
      HAVING count(*) > 0
    )`;
}

const MAX_LOOSE_PAIRS = 96;

function bucketsSql(column: string, offset: number): string {
  const bucket = `(width_bucket(${column}, signal.latency_edges()) + ${offset - 1})::int2`;
  return `coalesce(array_agg(${bucket}) FILTER (WHERE ${column} IS NOT NULL), '{}')`;
}
