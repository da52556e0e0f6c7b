import type pg from "pg";
import { createTally } from "@/lib/core/metric/histogram";
import { addCounts, countNames, noCounts, type OutcomeCounts } from "@/lib/core/metric/outcome-counts";
import { arrayLiteral } from "./array-literal";
import { copyBytes, copyEscaped, copyInstant, copyPlain, copyRows, copyText } from "./copy-rows";
import { deliveryColumns } from "./delivery-columns";
import type { DeliveryRow } from "./delivery-row";
import type { HourOwn } from "./rollup-chain";
import type { ChainRow } from "./rollup-chain-upsert";
import { countColumnList, countsSql, parseCounts } from "./rollup-columns";

/*
 * Loads finished figures by COPY, past the hot path: for history that is made at once. Whoever loads facts loads their
 * rollups in the same transaction. Rows must be new: a key that exists fails the whole load.
 */

/** What one leg counted in one minute; buckets carry the offset of their kind. */
export type MinuteRow = {
  readonly legId: number;
  readonly bucketMs: number;
  readonly counts: OutcomeCounts;
  readonly pairs: { readonly buckets: readonly number[]; readonly counts: readonly number[] };
};

export async function copyDeliveries(client: pg.ClientBase, rows: readonly DeliveryRow[]): Promise<void> {
  const columns = deliveryColumns.map(({ name }) => name).join(", ");
  await copyRows(client, {
    target: `signal.delivery (${columns})`,
    rows,
    fields: (row) => deliveryColumns.map((column) => deliveryField(column, row)),
  });
}

export async function copyMinutes(client: pg.ClientBase, rows: readonly MinuteRow[]): Promise<void> {
  await copyRows(client, {
    target: `signal.rollup_minute (leg_id, bucket_start, ${countColumnList.join(", ")}, hist_buckets, hist_counts)`,
    rows,
    fields: ({ legId, bucketMs, counts, pairs }) => [
      copyPlain(legId),
      copyInstant(bucketMs),
      ...countFields(counts),
      `{${pairs.buckets.join(",")}}`,
      `{${pairs.counts.join(",")}}`,
    ],
  });
}

/** Whole hours, each with the sum of its UTC day up to it. */
export async function copyHours(client: pg.ClientBase, rows: readonly ChainRow[]): Promise<void> {
  await copyChain(client, { table: "rollup_hour", rows });
}

/**
 * Puts days in front of (or among) those that are there, and sums every chain anew. The caller's transaction holds
 * signal.rollup_lock of every leg from here to its end, as the job that recomputes does.
 */
export async function insertDays(client: pg.ClientBase, days: readonly HourOwn[]): Promise<void> {
  const legIds = [...new Set(days.map(({ legId }) => legId))].sort((a, b) => a - b);
  const legs = arrayLiteral(legIds, (legId) => legId);
  await client.query(
    "INSERT INTO signal.rollup_lock (leg_id) SELECT leg_id FROM unnest($1::int4[]) AS n(leg_id) ORDER BY 1 ON CONFLICT DO NOTHING",
    [legs],
  );
  await client.query(
    "SELECT FROM signal.rollup_lock WHERE leg_id = ANY($1::int4[]) ORDER BY leg_id FOR UPDATE",
    [legs],
  );
  const known = await readDays(client, legs);
  await client.query("DELETE FROM signal.rollup_day WHERE leg_id = ANY($1::int4[])", [legs]);
  await copyChain(client, { table: "rollup_day", rows: summed([...known, ...days]) });
}

type DayRow = {
  readonly leg_id: number;
  readonly bucket_ms: string;
  readonly counts: string;
  readonly hist: Buffer;
};

async function readDays(client: pg.ClientBase, legs: string): Promise<readonly HourOwn[]> {
  const { rows } = await client.query<DayRow>(
    `SELECT leg_id, round(extract(epoch FROM bucket_start) * 1000)::text AS bucket_ms,
       ${countsSql((name) => name)} AS counts, hist
     FROM signal.rollup_day WHERE leg_id = ANY($1::int4[])`,
    [legs],
  );
  return rows.map((row) => ({
    legId: row.leg_id,
    bucketMs: Number(row.bucket_ms),
    counts: parseCounts(row.counts),
    hist: row.hist,
  }));
}

/** Every row with the sum of its leg's rows up to it. */
function summed(days: readonly HourOwn[]): readonly ChainRow[] {
  const tally = createTally();
  let legId: number | undefined;
  let cumCounts = noCounts;
  return days
    .toSorted((a, b) => a.legId - b.legId || a.bucketMs - b.bucketMs)
    .map((day) => {
      if (day.legId !== legId) {
        tally.clear();
        cumCounts = noCounts;
        legId = day.legId;
      }
      tally.add(day.hist);
      cumCounts = addCounts(cumCounts, day.counts);
      return { ...day, cumCounts, cumHist: tally.encode() };
    });
}

async function copyChain(
  client: pg.ClientBase,
  write: { readonly table: "rollup_hour" | "rollup_day"; readonly rows: readonly ChainRow[] },
): Promise<void> {
  const cumulative = countColumnList.map((name) => `cum_${name}`);
  await copyRows(client, {
    target: `signal.${write.table} (leg_id, bucket_start, ${countColumnList.join(", ")}, hist, ${cumulative.join(", ")}, cum_hist)`,
    rows: write.rows,
    fields: (row) => [
      copyPlain(row.legId),
      copyInstant(row.bucketMs),
      ...countFields(row.counts),
      copyBytes(row.hist),
      ...countFields(row.cumCounts),
      copyBytes(row.cumHist),
    ],
  });
}

function countFields(counts: OutcomeCounts): readonly string[] {
  return countNames.map((name) => copyPlain(counts[name]));
}

/**
 * Takes a field from the column's array element, so that a column is described in one place. Elements that are quoted
 * escape quotes and backslashes the way COPY text does too; only tabs and line ends are left to do.
 */
function deliveryField(column: (typeof deliveryColumns)[number], row: DeliveryRow): string {
  const element = column.element(row);
  if (element === undefined) return copyText(undefined);
  if (column.arrayType === "float8") return copyInstant(Number(element));
  if (typeof element === "number" || !element.startsWith('"')) return String(element);
  return copyEscaped(element.slice(1, -1));
}
