import type pg from "pg";
import type { OutcomeCounts } from "@/lib/core/metric/outcome-counts";
import { arrayLiteral } from "./array-literal";
import { countsSql, parseCounts } from "./rollup-columns";

type Figures = { readonly counts: OutcomeCounts; readonly hist: Buffer };

/** What stands in one chain around its first new row: the sum just before it, and the own figures from it on. */
export type ChainFound = {
  readonly before: Figures | undefined;
  readonly later: readonly (Figures & { readonly legId: number; readonly bucketMs: number })[];
};

/**
 * Reads, for each run, the cumulative row before `fromMs` and the rows from there on. Runs of hours stay within their UTC
 * day, which ends at `ends`; runs of days have no end. By primary key: one range a run.
 */
export async function readChainRows(
  client: pg.PoolClient,
  ask: {
    readonly table: "rollup_hour" | "rollup_day";
    readonly runs: readonly { readonly legId: number; readonly fromMs: number }[];
    readonly ends: readonly number[] | undefined;
  },
): Promise<readonly ChainFound[]> {
  const { runs, ends } = ask;
  if (runs.length === 0) return [];
  const numbered = runs.map((run, i) => ({ ...run, i, endMs: ends?.[i] }));
  const { rows } = await client.query<FoundRow>({
    name: `chain-of-${ask.table}`,
    text: statement(ask.table),
    values: [
      arrayLiteral(numbered, (run) => run.i),
      arrayLiteral(numbered, (run) => run.legId),
      arrayLiteral(numbered, (run) => run.fromMs),
      arrayLiteral(numbered, (run) => (run.endMs === undefined ? FAR_MS : run.endMs - DAY_MS)),
      arrayLiteral(numbered, (run) => run.endMs ?? FAR_MS),
    ],
  });
  return group(rows, runs);
}

type FoundRow = {
  readonly i: number;
  readonly bucket_ms: string | null;
  readonly counts: string;
  readonly hist: Buffer;
};

function group(
  rows: readonly FoundRow[],
  runs: readonly { readonly legId: number }[],
): readonly ChainFound[] {
  const found = runs.map(() => ({
    before: undefined as Figures | undefined,
    later: [] as ChainFound["later"][number][],
  }));
  for (const row of rows) {
    const figures = { counts: parseCounts(row.counts), hist: row.hist };
    const spot = found[row.i];
    const run = runs[row.i];
    if (spot === undefined || run === undefined) continue;
    if (row.bucket_ms === null) spot.before = figures;
    else spot.later.push({ ...figures, legId: run.legId, bucketMs: Number(row.bucket_ms) });
  }
  return found;
}

const DAY_MS = 86_400_000;
/** Beyond every instant we keep, and within what a double counts exactly. */
const FAR_MS = 8_000_000_000_000;

function statement(table: "rollup_hour" | "rollup_day"): string {
  // Hours are summed within their day only, days from the first one on.
  const lower = table === "rollup_hour" ? "AND r.bucket_start >= run.day_start" : "";
  return `
WITH run AS (
  SELECT i, leg_id, to_timestamp(from_ms / 1000) AS from_at, to_timestamp(day_ms / 1000) AS day_start,
    to_timestamp(end_ms / 1000) AS end_at
  FROM unnest($1::int4[], $2::int4[], $3::float8[], $4::float8[], $5::float8[]) AS n(i, leg_id, from_ms, day_ms, end_ms)
)
SELECT run.i, NULL AS bucket_ms, ${countsSql((name) => `b.cum_${name}`)} AS counts, b.cum_hist AS hist
FROM run CROSS JOIN LATERAL (
  SELECT * FROM signal.${table} r
  WHERE r.leg_id = run.leg_id AND r.bucket_start < run.from_at ${lower}
  ORDER BY r.bucket_start DESC LIMIT 1
) AS b
UNION ALL
SELECT run.i, round(extract(epoch FROM r.bucket_start) * 1000)::text, ${countsSql((name) => `r.${name}`)}, r.hist
FROM run JOIN signal.${table} r
  ON r.leg_id = run.leg_id AND r.bucket_start >= run.from_at AND r.bucket_start < run.end_at`;
}
