import { groupBy } from "@/lib/core/group-by";
import { createTally, type Tally } from "@/lib/core/metric/histogram";
import type { Measured } from "@/lib/core/metric/measured";
import { addCounts, noCounts } from "@/lib/core/metric/outcome-counts";
import { lengthMs, type TimeRange } from "@/lib/core/time/range";
import { arrayLiteral } from "./array-literal";
import { database } from "./client";
import { countsSql, parseCounts } from "./rollup-columns";
import { readHourSums, readMinuteSums } from "./rollup-sums";

/** What one leg counted in a range. */
export type LegTotals = Measured & { readonly legId: number };

/**
 * Outcomes and percentiles of each leg over a range, in the order of `legIds`. Ranges of up to six hours are answered
 * to the minute; longer ones from whole UTC hours, two cumulative rows an edge, whatever their length. Edges are
 * expected to be snapped (snapRange); others are cut down to the minute or hour.
 */
export async function readLegTotals(ask: {
  readonly legIds: readonly number[];
  readonly range: TimeRange;
}): Promise<readonly LegTotals[]> {
  const { legIds, range } = ask;
  const isShort = lengthMs(range) <= 6 * HOUR_MS;
  const isWholeHours = range.from.getTime() % HOUR_MS === 0 && range.to.getTime() % HOUR_MS === 0;
  const totals = isShort && !isWholeHours ? await shortTotals(ask) : await wideTotals(ask);
  return legIds.map((legId) => totals.get(legId) ?? { legId, ...finish(createTally()), counts: noCounts });
}

type WideRow = {
  readonly leg_id: number;
  readonly counts: string;
  readonly from_day: Buffer | null;
  readonly from_hour: Buffer | null;
  readonly to_day: Buffer | null;
  readonly to_hour: Buffer | null;
};

/** [first cumulative row before the range) is taken away from (last row within it]: constant work for any length. */
async function wideTotals(ask: {
  readonly legIds: readonly number[];
  readonly range: TimeRange;
}): Promise<ReadonlyMap<number, LegTotals>> {
  const { rows } = await database().pool.query<WideRow>(wideTotalsQuery(ask));
  const tally = createTally();
  return new Map(
    rows.map((row) => {
      tally.clear();
      for (const hist of [row.to_day, row.to_hour]) if (hist !== null) tally.add(hist);
      for (const hist of [row.from_day, row.from_hour]) if (hist !== null) tally.subtract(hist);
      return [row.leg_id, { legId: row.leg_id, counts: parseCounts(row.counts), ...finish(tally) }];
    }),
  );
}

/** The one statement behind ranges of whole hours, for benchmarks and EXPLAIN too. */
export function wideTotalsQuery(ask: { readonly legIds: readonly number[]; readonly range: TimeRange }) {
  const values = [arrayLiteral(ask.legIds, (legId) => legId), ask.range.from, ask.range.to];
  return { name: "leg-totals", text: WIDE, values };
}

function dayBefore(alias: string, edge: string): string {
  return `LEFT JOIN LATERAL (
    SELECT * FROM signal.rollup_day r
    WHERE r.leg_id = leg.leg_id AND r.bucket_start < date_bin('1 day', ${edge}, 'epoch'::timestamptz)
    ORDER BY r.bucket_start DESC LIMIT 1
  ) AS ${alias} ON true`;
}

function hourBefore(alias: string, edge: string): string {
  return `LEFT JOIN LATERAL (
    SELECT * FROM signal.rollup_hour r
    WHERE r.leg_id = leg.leg_id AND r.bucket_start >= date_bin('1 day', ${edge}, 'epoch'::timestamptz)
      AND r.bucket_start < date_bin('1 hour', ${edge}, 'epoch'::timestamptz)
    ORDER BY r.bucket_start DESC LIMIT 1
  ) AS ${alias} ON true`;
}

const WIDE = `
SELECT leg.leg_id,
  ${countsSql((name) => `coalesce(td.cum_${name}, 0) + coalesce(th.cum_${name}, 0) - coalesce(fd.cum_${name}, 0) - coalesce(fh.cum_${name}, 0)`)} AS counts,
  CASE WHEN fd.bucket_start IS DISTINCT FROM td.bucket_start THEN fd.cum_hist END AS from_day,
  CASE WHEN fd.bucket_start IS DISTINCT FROM td.bucket_start THEN td.cum_hist END AS to_day,
  fh.cum_hist AS from_hour, th.cum_hist AS to_hour
FROM unnest($1::int4[]) AS leg(leg_id)
${dayBefore("fd", "$2::timestamptz")}
${dayBefore("td", "$3::timestamptz")}
${hourBefore("fh", "$2::timestamptz")}
${hourBefore("th", "$3::timestamptz")}`;

/** Whole hours by their own rows, what is left at either end by minutes. */
async function shortTotals(ask: {
  readonly legIds: readonly number[];
  readonly range: TimeRange;
}): Promise<ReadonlyMap<number, LegTotals>> {
  const { legIds, range } = ask;
  const fromHour = Math.ceil(range.from.getTime() / HOUR_MS) * HOUR_MS;
  const toHour = Math.floor(range.to.getTime() / HOUR_MS) * HOUR_MS;
  const minutes =
    fromHour > toHour
      ? [range]
      : [
          { from: range.from, to: new Date(fromHour) },
          { from: new Date(toHour), to: range.to },
        ].filter(({ from, to }) => from < to);
  const hours = fromHour < toHour ? [{ from: new Date(fromHour), to: new Date(toHour) }] : [];
  const parts = await Promise.all([
    ...minutes.map((part) => readMinuteSums({ legIds, range: part, stepMs: "whole" })),
    ...hours.map((part) => readHourSums({ legIds, range: part })),
  ]);
  const sums = groupBy(parts.flat(), ({ legId }) => legId);
  const tally = createTally();
  return new Map(
    [...sums].map(([legId, own]) => {
      tally.clear();
      for (const { hist } of own) tally.add(hist);
      const counts = own.reduce((sum, part) => addCounts(sum, part.counts), noCounts);
      return [legId, { legId, counts, ...finish(tally) }];
    }),
  );
}

function finish(tally: Tally) {
  return {
    latency: tally.percentiles("latency"),
    wait: tally.percentiles("wait"),
    partner: tally.percentiles("partner"),
  };
}

const HOUR_MS = 3_600_000;
