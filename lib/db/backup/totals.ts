import type pg from "pg";
import type { DayTotal } from "@/lib/core/backup/format";

type TotalRow = Record<"ok" | "failed" | "filtered" | "pending" | "unknown", string> & {
  readonly leg_id: number;
  readonly day: string;
};

/** Day totals of random legs and days, `count` at most. */
export async function randomDayTotals(client: pg.ClientBase, count: number): Promise<DayTotal[]> {
  const { rows } = await client.query<TotalRow>(
    `SELECT leg_id, to_char(bucket_start, 'YYYY-MM-DD') AS day, ok, failed, filtered, pending, unknown
     FROM signal.rollup_day ORDER BY random() LIMIT $1`,
    [count],
  );
  return rows.map(totalOf);
}

/** The same total as it stands in the rollup of this database; undefined when there is no such row. */
export async function rolledUpTotal(client: pg.ClientBase, of: DayTotal): Promise<DayTotal | undefined> {
  const { rows } = await client.query<TotalRow>(
    `SELECT leg_id, to_char(bucket_start, 'YYYY-MM-DD') AS day, ok, failed, filtered, pending, unknown
     FROM signal.rollup_day WHERE leg_id = $1 AND bucket_start = $2::timestamptz`,
    [of.legId, `${of.day}T00:00:00Z`],
  );
  return rows[0] && totalOf(rows[0]);
}

/**
 * The same total counted from the deliveries themselves; undefined when they are no longer kept, or when the rollup
 * of that day still waits for a recomputation.
 */
export async function countedTotal(client: pg.ClientBase, of: DayTotal): Promise<DayTotal | undefined> {
  const { rows } = await client.query<TotalRow & { readonly any: string; readonly dirty: boolean }>(
    `SELECT $1::int AS leg_id, $2::text AS day, count(*) AS any,
            count(*) FILTER (WHERE outcome = 'ok') AS ok, count(*) FILTER (WHERE outcome = 'failed') AS failed,
            count(*) FILTER (WHERE outcome = 'filtered') AS filtered,
            count(*) FILTER (WHERE outcome = 'pending') AS pending,
            count(*) FILTER (WHERE outcome = 'unknown') AS unknown,
            EXISTS (SELECT FROM signal.dirty q WHERE q.leg_id = $1 AND q.bucket_start >= $2::timestamptz
                    AND q.bucket_start < $2::timestamptz + interval '1 day') AS dirty
     FROM signal.delivery
     WHERE leg_id = $1 AND received_at >= $2::timestamptz AND received_at < $2::timestamptz + interval '1 day'`,
    [of.legId, `${of.day}T00:00:00Z`],
  );
  const row = rows[0];
  if (row === undefined || row.any === "0" || row.dirty) return undefined;
  return { ...totalOf(row), day: of.day };
}

export function sameTotal(a: DayTotal, b: DayTotal): boolean {
  return (["ok", "failed", "filtered", "pending", "unknown"] as const).every(
    (outcome) => a[outcome] === b[outcome],
  );
}

function totalOf(row: TotalRow): DayTotal {
  return {
    legId: row.leg_id,
    day: row.day,
    ok: Number(row.ok),
    failed: Number(row.failed),
    filtered: Number(row.filtered),
    pending: Number(row.pending),
    unknown: Number(row.unknown),
  };
}
