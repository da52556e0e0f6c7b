import { type EngineCounter, engineCounters } from "@/lib/core/metric/engine-counters";
import { lengthMs, type TimeRange } from "@/lib/core/time/range";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";

/** By how much one of the engine's counters rose in the bucket at `index`; buckets without a reading are left out. */
export type CounterStep = {
  readonly legId: number;
  readonly counter: EngineCounter;
  readonly index: number;
  readonly increase: number;
};

/** Up to here every sample is read; longer ranges are answered from the last values of hours. */
const SAMPLES_MS = 26 * 3_600_000;

/**
 * Rises of the engine's counters of legs within [edges[i], edges[i + 1]). A fall is a new base and never counted, so a
 * bucket with one says "at least". One range of the primary key a leg and counter.
 */
export async function readCounterSteps(ask: {
  readonly legIds: readonly number[];
  readonly edges: readonly Date[];
}): Promise<readonly CounterStep[]> {
  const [from, to] = [ask.edges[0], ask.edges.at(-1)];
  if (from === undefined || to === undefined) return [];
  const range: TimeRange = { from, to };
  const { rows } = await database().pool.query<CounterStep>(
    lengthMs(range) <= SAMPLES_MS ? bySample : byHour,
    [arrayLiteral(ask.legIds, (legId) => legId), engineCounters, from, to, ask.edges],
  );
  return rows;
}

// A reading more than five minutes after the one before lies behind a gap: when the counter rose in it is not known.
const bySample = `
  WITH reading AS (
    SELECT s.leg_id, s.metric, s.at, s.value, lag(s.value) OVER w AS before, lag(s.at) OVER w AS before_at
    FROM signal.leg_sample s
    WHERE s.leg_id = ANY($1::int4[]) AND s.metric = ANY($2::text[]) AND s.value IS NOT NULL
      AND s.at >= $3::timestamptz - interval '5 minutes' AND s.at < $4
    WINDOW w AS (PARTITION BY s.leg_id, s.metric ORDER BY s.at)
  )
  SELECT leg_id AS "legId", metric AS counter, width_bucket(at, $5::timestamptz[]) - 1 AS index,
    sum(greatest(value - before, 0)) AS increase
  FROM reading WHERE at >= $3 AND before_at >= at - interval '5 minutes' GROUP BY 1, 2, 3`;

// The first hour, and one after a gap, begins at its own lowest value.
const byHour = `
  WITH reading AS (
    SELECT g.leg_id, g.metric, g.bucket_start, g.last_value,
      CASE WHEN lag(g.bucket_start) OVER w = g.bucket_start - interval '1 hour'
        THEN lag(g.last_value) OVER w ELSE g.min_value END AS before
    FROM signal.leg_gauge_hour g
    WHERE g.leg_id = ANY($1::int4[]) AND g.metric = ANY($2::text[])
      AND g.bucket_start >= $3::timestamptz - interval '1 hour' AND g.bucket_start < $4
    WINDOW w AS (PARTITION BY g.leg_id, g.metric ORDER BY g.bucket_start)
  )
  SELECT leg_id AS "legId", metric AS counter, width_bucket(bucket_start, $5::timestamptz[]) - 1 AS index,
    sum(greatest(last_value - before, 0)) AS increase
  FROM reading WHERE bucket_start >= $3 GROUP BY 1, 2, 3`;

/** What the engine counted on a leg between two of its readings, and what is stored of that time. */
export type CounterCheck = TimeRange & {
  readonly legId: number;
  readonly counted: number;
  readonly countedErrors: number;
  readonly stored: number;
  readonly storedFailed: number;
};

/**
 * Compares the engine's counters with the stored deliveries between the first and the last reading within a range, which
 * should be a day at most: deliveries are counted one by one. Receive times are the engine's, readings ours, hence the skew.
 */
export async function readCounterChecks(ask: {
  readonly legIds: readonly number[];
  readonly range: TimeRange;
}): Promise<readonly CounterCheck[]> {
  const { rows } = await database().pool.query<CounterCheck>(CHECK, [
    arrayLiteral(ask.legIds, (legId) => legId),
    ask.range.from,
    ask.range.to,
  ]);
  return rows;
}

const CHECK = `
  WITH reading AS (
    SELECT s.leg_id, s.metric, s.at, s.value - lag(s.value) OVER w AS rise
    FROM signal.leg_sample s
    WHERE s.leg_id = ANY($1::int4[]) AND s.metric IN ('received', 'error') AND s.value IS NOT NULL
      AND s.at >= $2 AND s.at <= $3
    WINDOW w AS (PARTITION BY s.leg_id, s.metric ORDER BY s.at)
  ), counted AS (
    SELECT leg_id, min(at) AS from_at, max(at) AS to_at,
      coalesce(sum(greatest(rise, 0)) FILTER (WHERE metric = 'received'), 0) AS received,
      coalesce(sum(rise) FILTER (WHERE metric = 'error'), 0) AS errors
    FROM reading GROUP BY 1 HAVING min(at) < max(at)
  )
  SELECT c.leg_id AS "legId", c.from_at AS "from", c.to_at AS "to", c.received AS counted, c.errors AS "countedErrors",
    d.stored::float8 AS stored, d.failed::float8 AS "storedFailed"
  FROM counted c
  CROSS JOIN LATERAL (
    SELECT make_interval(secs => coalesce((
      SELECT k.value FROM signal.source_sample k
      JOIN public.interface i ON i.source_id = k.source_id JOIN public.leg l ON l.interface_id = i.id
      WHERE l.id = c.leg_id AND k.metric = 'clockSkewMs' AND k.at >= c.from_at - interval '1 day' AND k.at <= c.to_at
      ORDER BY k.at DESC LIMIT 1), 0) / 1000) AS skew
  ) clock
  CROSS JOIN LATERAL (
    SELECT count(*) AS stored, count(*) FILTER (WHERE d.outcome = 'failed') AS failed
    FROM signal.delivery d
    WHERE d.leg_id = c.leg_id AND d.received_at > c.from_at + clock.skew AND d.received_at <= c.to_at + clock.skew
      AND d.received_at >= $2::timestamptz - interval '1 day' AND d.received_at <= $3::timestamptz + interval '1 day'
  ) d`;
