import type { TimeRange } from "@/lib/core/time/range";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";

/** Outcomes of one leg in one bucket; buckets without any delivery are left out. */
export type LegCount = {
  readonly legId: number;
  readonly fromMs: number;
  readonly ok: number;
  readonly failed: number;
  readonly filtered: number;
  readonly pending: number;
  readonly unknown: number;
};

export type CountStep = "quarter" | "hour" | "day";

/**
 * Counts of many legs over time without their latencies: quarters of an hour from minutes, UTC hours and UTC days from
 * their own rows. One range of the primary key a leg; the caller picks a step of at most some fifty buckets.
 */
export async function readLegCounts(ask: {
  readonly legIds: readonly number[];
  readonly range: TimeRange;
  readonly step: CountStep;
}): Promise<readonly LegCount[]> {
  // Rows as arrays: thousands of them, and most of the time goes into making them.
  const { rows } = await database().pool.query<string[]>({
    name: `leg-counts-${ask.step}`,
    text: statements[ask.step],
    values: [arrayLiteral(ask.legIds, (legId) => legId), ask.range.from, ask.range.to],
    rowMode: "array",
  });
  return rows.map((row) => {
    const [legId = 0, fromMs = 0, ok = 0, failed = 0, filtered = 0, pending = 0, unknown = 0] =
      row.map(Number);
    return { legId, fromMs, ok, failed, filtered, pending, unknown };
  });
}

const WHERE = "r.leg_id = ANY($1::int4[]) AND r.bucket_start >= $2 AND r.bucket_start < $3";

const statements: Readonly<Record<CountStep, string>> = {
  quarter: `
    SELECT r.leg_id, extract(epoch FROM date_bin('15 minutes', r.bucket_start, 'epoch'::timestamptz)) * 1000 AS at,
      sum(r.ok), sum(r.failed), sum(r.filtered), sum(r.pending), sum(r.unknown)
    FROM signal.rollup_minute r WHERE ${WHERE} GROUP BY 1, 2`,
  hour: own("rollup_hour"),
  day: own("rollup_day"),
};

function own(table: string): string {
  return `
    SELECT r.leg_id, extract(epoch FROM r.bucket_start) * 1000, r.ok, r.failed, r.filtered, r.pending, r.unknown
    FROM signal.${table} r WHERE ${WHERE}`;
}
