import { lengthMs, type TimeRange } from "@/lib/core/time/range";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";

/** Longest queue of one leg in the bucket at `index`; buckets without a sample are left out. */
export type QueuePoint = { readonly legId: number; readonly index: number; readonly high: number };

/** Up to here every sample is read; longer ranges are answered from hourly extremes. */
const SAMPLES_MS = 26 * 3_600_000;

/** Queue depths of legs within [edges[i], edges[i + 1]). One range of the primary key a leg. */
export async function readQueueSeries(ask: {
  readonly legIds: readonly number[];
  readonly edges: readonly Date[];
}): Promise<readonly QueuePoint[]> {
  const [from, to] = [ask.edges[0], ask.edges.at(-1)];
  if (from === undefined || to === undefined) return [];
  const range: TimeRange = { from, to };
  const { rows } = await database().pool.query<QueuePoint>(
    lengthMs(range) <= SAMPLES_MS ? bySample : byHour,
    [arrayLiteral(ask.legIds, (legId) => legId), ask.edges, from, to],
  );
  return rows;
}

const bySample = `
  SELECT s.leg_id AS "legId", width_bucket(s.at, $2::timestamptz[]) - 1 AS index, max(s.value) AS high
  FROM signal.leg_sample s
  WHERE s.leg_id = ANY($1::int4[]) AND s.metric = 'queueDepth' AND s.at >= $3 AND s.at < $4 AND s.value IS NOT NULL
  GROUP BY 1, 2`;

const byHour = `
  SELECT g.leg_id AS "legId", width_bucket(g.bucket_start, $2::timestamptz[]) - 1 AS index, max(g.max_value) AS high
  FROM signal.leg_gauge_hour g
  WHERE g.leg_id = ANY($1::int4[]) AND g.metric = 'queueDepth' AND g.bucket_start >= $3 AND g.bucket_start < $4
  GROUP BY 1, 2`;
