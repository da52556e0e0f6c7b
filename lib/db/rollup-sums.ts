import { createTally } from "@/lib/core/metric/histogram";
import type { Sum } from "@/lib/core/metric/measured";
import type { TimeRange } from "@/lib/core/time/range";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";
import { countsSql, parseCounts } from "./rollup-columns";

/** What one leg counted from `startMs` (epoch) on, for as long as the row stands for. */
export type LegSum = Sum & { readonly legId: number; readonly startMs: number };

type Ask = { readonly legIds: readonly number[]; readonly range: TimeRange };

type PairRow = {
  readonly leg_id: number;
  readonly start_ms: string;
  readonly counts: string;
  readonly buckets: string | null;
  readonly ns: string | null;
};

/**
 * Minutes of legs within a range, summed into steps from the epoch, or as one sum a leg ("whole", startMs = from).
 * Steps without a minute are left out. One range of the primary key a leg.
 */
export async function readMinuteSums(
  ask: Ask & { readonly stepMs: number | "whole" },
): Promise<readonly LegSum[]> {
  const { rows } = await database().pool.query<PairRow>({
    name: "minute-sums",
    text: `
      SELECT m.leg_id,
        round(extract(epoch FROM CASE WHEN $4::float8 > 0
          THEN date_bin(make_interval(secs => $4::float8 / 1000), m.bucket_start, 'epoch'::timestamptz)
          ELSE $2::timestamptz END) * 1000)::text AS start_ms,
        ${countsSql((name) => `sum(m.${name})`)} AS counts,
        string_agg(array_to_string(m.hist_buckets, ','), ',') FILTER (WHERE m.hist_buckets <> '{}') AS buckets,
        string_agg(array_to_string(m.hist_counts, ','), ',') FILTER (WHERE m.hist_buckets <> '{}') AS ns
      FROM signal.rollup_minute m
      WHERE m.leg_id = ANY($1::int4[]) AND m.bucket_start >= $2::timestamptz AND m.bucket_start < $3::timestamptz
      GROUP BY 1, 2`,
    values: [
      arrayLiteral(ask.legIds, (legId) => legId),
      ask.range.from,
      ask.range.to,
      ask.stepMs === "whole" ? 0 : ask.stepMs,
    ],
  });
  const tally = createTally();
  return rows.map((row) => {
    tally.clear();
    tally.addPairs({ buckets: numbers(row.buckets), counts: numbers(row.ns) });
    return {
      legId: row.leg_id,
      startMs: Number(row.start_ms),
      counts: parseCounts(row.counts),
      hist: tally.encode(),
    };
  });
}

type HistRow = {
  readonly leg_id: number;
  readonly start_ms: string;
  readonly counts: string;
  readonly hist: Buffer;
};

/** The hours of legs that begin within a range, each by itself. Hours in which nothing was ever counted have no row. */
export function readHourSums(ask: Ask): Promise<readonly LegSum[]> {
  return readOwn({ ...ask, table: "rollup_hour" });
}

/** The UTC days of legs that begin within a range, each by itself. */
export function readDaySums(ask: Ask): Promise<readonly LegSum[]> {
  return readOwn({ ...ask, table: "rollup_day" });
}

async function readOwn(
  ask: Ask & { readonly table: "rollup_hour" | "rollup_day" },
): Promise<readonly LegSum[]> {
  const { rows } = await database().pool.query<HistRow>({
    name: `own-${ask.table}`,
    text: `
      SELECT leg_id, round(extract(epoch FROM bucket_start) * 1000)::text AS start_ms, ${countsSql((name) => name)} AS counts, hist
      FROM signal.${ask.table}
      WHERE leg_id = ANY($1::int4[]) AND bucket_start >= $2::timestamptz AND bucket_start < $3::timestamptz`,
    values: [arrayLiteral(ask.legIds, (legId) => legId), ask.range.from, ask.range.to],
  });
  return rows.map(sumOf);
}

/**
 * For each leg and instant: what was counted since the start of the instant's UTC day, up to its hour. startMs is the
 * instant. Legs without a row that day are left out. Two key lookups a leg and instant at most.
 */
export async function readSinceMidnight(ask: {
  readonly legIds: readonly number[];
  readonly instants: readonly Date[];
}): Promise<readonly LegSum[]> {
  const { rows } = await database().pool.query<HistRow>({
    name: "since-midnight",
    text: `
      SELECT leg.leg_id, edge.at_ms::bigint::text AS start_ms, ${countsSql((name) => `h.cum_${name}`)} AS counts, h.cum_hist AS hist
      FROM unnest($1::int4[]) AS leg(leg_id) CROSS JOIN unnest($2::float8[]) AS edge(at_ms)
      CROSS JOIN LATERAL (
        SELECT * FROM signal.rollup_hour r
        WHERE r.leg_id = leg.leg_id
          AND r.bucket_start >= date_bin('1 day', to_timestamp(edge.at_ms / 1000), 'epoch'::timestamptz)
          AND r.bucket_start < date_bin('1 hour', to_timestamp(edge.at_ms / 1000), 'epoch'::timestamptz)
        ORDER BY r.bucket_start DESC LIMIT 1
      ) AS h`,
    values: [
      arrayLiteral(ask.legIds, (legId) => legId),
      arrayLiteral(ask.instants, (instant) => instant.getTime()),
    ],
  });
  return rows.map(sumOf);
}

function sumOf(row: HistRow): LegSum {
  return {
    legId: row.leg_id,
    startMs: Number(row.start_ms),
    counts: parseCounts(row.counts),
    hist: row.hist,
  };
}

function numbers(joined: string | null): readonly number[] {
  return joined === null ? [] : joined.split(",").map(Number);
}
