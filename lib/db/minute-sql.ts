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
 * Assignments to hist_buckets and hist_counts, of pairs in which a bucket may stand more than once; `size` tells how many
 * pairs there are. Few stay as they are, which is cheap and usual; beyond MAX_LOOSE_PAIRS equal buckets are added up.
 */
export function assignPairsSql(pairs: {
  readonly buckets: string;
  readonly counts: string;
  readonly size: string;
}): string {
  const summed = `(
      SELECT bucket, sum(n)::int4 AS n FROM unnest(${pairs.buckets}, ${pairs.counts}) AS pair(bucket, n) GROUP BY bucket
    ) AS summed`;
  const isSmall = `${pairs.size} <= ${MAX_LOOSE_PAIRS}`;
  // Two sub-queries in the same order and not one for both: that would run for small ones, too.
  return `
    hist_buckets = CASE WHEN ${isSmall} THEN ${pairs.buckets}
      ELSE (SELECT array_agg(bucket ORDER BY bucket) FROM ${summed}) END,
    hist_counts = CASE WHEN ${isSmall} THEN ${pairs.counts}
      ELSE (SELECT array_agg(n ORDER BY bucket) FROM ${summed}) END`;
}

// At six bytes each they stay within the row: what exceeds 2 kB would be compressed and moved out of it.
const MAX_LOOSE_PAIRS = 192;

function bucketsSql(column: string, offset: number): string {
  const bucket = `(width_bucket(${column}, signal.latency_edges()) + ${offset - 1})::int2`;
  return `coalesce(array_agg(${bucket}) FILTER (WHERE ${column} IS NOT NULL), '{}')`;
}
