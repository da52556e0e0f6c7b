import { database } from "./client";

/** The oldest bucket that still waits to be recomputed from facts or minutes; undefined when none does. */
export async function oldestDirtyBucket(): Promise<Date | undefined> {
  const { rows } = await database().pool.query<{ oldest: Date | null }>(
    "SELECT min(bucket_start) AS oldest FROM signal.dirty WHERE tier IN ('minute', 'hour')",
  );
  return rows[0]?.oldest ?? undefined;
}

/** Deletes hourly extremes of gauges before an instant. One range of the primary key for each gauge. */
export async function deleteGaugeHoursBefore(before: Date): Promise<void> {
  await database().pool.query(
    `DELETE FROM signal.leg_gauge_hour h USING signal.leg_now n
     WHERE h.leg_id = n.leg_id AND h.metric = n.metric AND h.bucket_start < $1`,
    [before],
  );
}
