import { database } from "./client";

/** Tables of facts that are split by time: the first four by UTC day, the last two by month. */
export const partitionedTables = [
  "delivery",
  "rollup_minute",
  "leg_sample",
  "source_sample",
  "rollup_hour",
  "external_audit_event",
] as const;
export type PartitionedTable = (typeof partitionedTables)[number];

type Days = { readonly from: Date; readonly to: Date };

/** Makes the partitions of one table for every UTC day from `from` to `to`, both included. Answers with how many were new. */
export async function ensurePartitions(table: PartitionedTable, { from, to }: Days): Promise<number> {
  const { rows } = await database().pool.query<{ made: number }>(
    "SELECT signal.ensure_partitions($1, $2::date, $3::date) AS made",
    [table, dayOf(from), dayOf(to)],
  );
  return rows[0]?.made ?? 0;
}

/** Drops the partitions of one table that end before the UTC day of `before`. Answers with how many. */
export async function dropPartitionsBefore(table: PartitionedTable, before: Date): Promise<number> {
  const { rows } = await database().pool.query<{ dropped: number }>(
    "SELECT signal.drop_partitions_before($1, $2::date) AS dropped",
    [table, dayOf(before)],
  );
  return rows[0]?.dropped ?? 0;
}

/**
 * Runs a write into partitioned tables. Where PostgreSQL finds no partition for a row, those of the given days are made
 * and the write is run once more; the job that makes them ahead may not have run yet.
 */
export async function withPartitions<T>(
  need: { readonly tables: readonly PartitionedTable[]; readonly instantsMs: readonly number[] },
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isMissingPartition(error)) throw error;
    for (const table of need.tables) await ensureDaysOf(table, need.instantsMs);
    return write();
  }
}

/** Each day by itself: one old row among new ones must not make a partition for every day between. */
async function ensureDaysOf(table: PartitionedTable, instantsMs: readonly number[]): Promise<void> {
  const days = new Set(instantsMs.map((ms) => Math.floor(ms / DAY_MS) * DAY_MS));
  for (const day of days) await ensurePartitions(table, { from: new Date(day), to: new Date(day) });
}

/** check_violation without a constraint's name is PostgreSQL's "no partition of relation found for row". */
function isMissingPartition(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    error.code === "23514" &&
    !("constraint" in error && typeof error.constraint === "string")
  );
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;
