import { database } from "./client";

/** The oldest bucket that still waits to be recomputed from facts or minutes; undefined when none does. */
export async function oldestDirtyBucket(): Promise<Date | undefined> {
  const { rows } = await database().pool.query<{ oldest: Date | null }>(
    "SELECT min(bucket_start) AS oldest FROM signal.dirty WHERE tier IN ('minute', 'hour')",
  );
  return rows[0]?.oldest ?? undefined;
}
