import { arrayLiteral } from "./array-literal";
import { database } from "./client";
import { type DirtyKey, markDirty } from "./dirty";
import { assignPairsSql, minuteCountsSql, onesSql } from "./minute-sql";
import { inPoolTransaction } from "./pool-transaction";

/**
 * Counts these minutes anew from the facts and marks their hours. Exact beside concurrent writers: each minute is
 * locked first (and made before, where it is missing), and only the next statement counts. A writer that had added a
 * delivery without its minute yet adds to what stands here then.
 */
export async function recomputeMinutes(keys: readonly DirtyKey[]): Promise<void> {
  if (keys.length === 0) return;
  const sorted = [...keys].sort((a, b) => a.legId - b.legId || a.bucketMs - b.bucketMs);
  const values = [arrayLiteral(sorted, (key) => key.legId), arrayLiteral(sorted, (key) => key.bucketMs)];
  // Committed by itself: holding a new minute while waiting for an older one could end in a deadlock with a writer.
  await database().pool.query({ name: "make-minutes", text: `${WITH_KEYS} ${MAKE_MISSING}`, values });
  await inPoolTransaction(async (client) => {
    await client.query({ name: "lock-minutes", text: `${WITH_KEYS} ${LOCK}`, values });
    await client.query({ name: "count-minutes", text: `${WITH_KEYS} ${COUNT_ANEW}`, values });
    const hours = sorted.map(({ legId, bucketMs }) => ({
      legId,
      bucketMs: Math.floor(bucketMs / HOUR_MS) * HOUR_MS,
    }));
    const mark = markDirty("hour", hours);
    await client.query(mark.text, [...mark.values]);
  });
}

const HOUR_MS = 3_600_000;

const WITH_KEYS = `WITH key AS (
  SELECT leg_id, to_timestamp(bucket_ms / 1000) AS minute
  FROM unnest($1::int4[], $2::float8[]) AS n(leg_id, bucket_ms)
)`;

const MAKE_MISSING = `INSERT INTO signal.rollup_minute (leg_id, bucket_start)
  SELECT leg_id, minute FROM key ORDER BY leg_id, minute ON CONFLICT DO NOTHING`;

const LOCK = `SELECT FROM signal.rollup_minute m JOIN key ON key.leg_id = m.leg_id AND key.minute = m.bucket_start
  ORDER BY m.leg_id, m.bucket_start FOR UPDATE OF m`;

// The facts of a key are one range of the primary key (leg_id, received_at, id).
const COUNT_ANEW = `
  UPDATE signal.rollup_minute m SET
    ok = n.ok, failed = n.failed, filtered = n.filtered, pending = n.pending, unknown = n.unknown,
    first_ok = n.first_ok, first_failed = n.first_failed, replays = n.replays, suspects = n.suspects,
    ${assignPairsSql({ buckets: "n.buckets", counts: onesSql("n.buckets"), size: "cardinality(n.buckets)" })}
  FROM (
    SELECT key.leg_id, key.minute, counted.*
    FROM key CROSS JOIN LATERAL (
      SELECT ${minuteCountsSql}
      FROM signal.delivery d
      WHERE d.leg_id = key.leg_id AND d.received_at >= key.minute AND d.received_at < key.minute + interval '1 minute'
    ) AS counted
  ) AS n
  WHERE m.leg_id = n.leg_id AND m.bucket_start = n.minute`;
