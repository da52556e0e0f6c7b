import { arrayLiteral, textElement } from "./array-literal";
import { database } from "./client";

/** What a mark asks to be recomputed; see signal.dirty. */
export type DirtyTier = "minute" | "hour" | "group";

/** A mark as it was seen. Instants are epoch milliseconds, the version is the decimal text of a 64-bit number. */
export type DirtyKey = { readonly legId: number; readonly bucketMs: number; readonly version: string };

type Row = { readonly leg_id: number; readonly bucket_ms: string; readonly version: string };

/** The newest marks of a tier at or after an instant, so that open hours are never behind a back-fill. */
export async function readNewestDirty(ask: {
  readonly tier: DirtyTier;
  readonly since: Date;
  readonly limit: number;
}): Promise<readonly DirtyKey[]> {
  const { rows } = await database().pool.query<Row>(
    `SELECT leg_id, round(extract(epoch FROM bucket_start) * 1000)::text AS bucket_ms, version::text
     FROM signal.dirty WHERE tier = $1 AND bucket_start >= $2
     ORDER BY bucket_start DESC, leg_id LIMIT $3`,
    [ask.tier, ask.since, ask.limit],
  );
  return rows.map(keyOf);
}

/** Marks of a tier in the order of their keys, behind `after`: the hours of one leg come together. */
export async function readDirtyAfter(ask: {
  readonly tier: DirtyTier;
  readonly after: { readonly legId: number; readonly bucketMs: number } | undefined;
  readonly limit: number;
}): Promise<readonly DirtyKey[]> {
  const { legId, bucketMs } = ask.after ?? { legId: -2_147_483_648, bucketMs: 0 };
  const { rows } = await database().pool.query<Row>(
    `SELECT leg_id, round(extract(epoch FROM bucket_start) * 1000)::text AS bucket_ms, version::text
     FROM signal.dirty WHERE tier = $1 AND (leg_id, bucket_start) > ($2::int, $3::timestamptz)
     ORDER BY leg_id, bucket_start LIMIT $4`,
    [ask.tier, legId, new Date(bucketMs), ask.limit],
  );
  return rows.map(keyOf);
}

/** Deletes marks that still have the version that was seen. To be called after the recomputation is committed. */
export async function clearDirty(tier: DirtyTier, keys: readonly DirtyKey[]): Promise<void> {
  if (keys.length === 0) return;
  // Locked in the order of the key, as writers do, before anything is deleted.
  await database().pool.query(
    `WITH held AS MATERIALIZED (
       SELECT k.leg_id, k.bucket_start FROM signal.dirty k
       JOIN unnest($2::int4[], $3::float8[], $4::int8[]) AS seen(leg_id, bucket_ms, version)
         ON k.leg_id = seen.leg_id AND k.bucket_start = to_timestamp(seen.bucket_ms / 1000) AND k.version = seen.version
       WHERE k.tier = $1 ORDER BY k.leg_id, k.bucket_start FOR UPDATE OF k
     )
     DELETE FROM signal.dirty k USING held
     WHERE k.tier = $1 AND k.leg_id = held.leg_id AND k.bucket_start = held.bucket_start`,
    [
      tier,
      arrayLiteral(keys, (key) => key.legId),
      arrayLiteral(keys, (key) => key.bucketMs),
      arrayLiteral(keys, (key) => key.version),
    ],
  );
}

/** Sets marks in a transaction that is open elsewhere: text and values of the statement. */
export function markDirty(
  tier: DirtyTier,
  keys: readonly { readonly legId: number; readonly bucketMs: number }[],
): { readonly text: string; readonly values: readonly string[] } {
  return {
    text: `INSERT INTO signal.dirty AS k (tier, leg_id, bucket_start)
      SELECT DISTINCT tier, leg_id, to_timestamp(bucket_ms / 1000)
      FROM unnest($1::text[], $2::int4[], $3::float8[]) AS n(tier, leg_id, bucket_ms)
      ORDER BY 1, 2, 3
      ON CONFLICT (tier, leg_id, bucket_start) DO UPDATE SET version = k.version + 1`,
    values: [
      arrayLiteral(keys, () => textElement(tier)),
      arrayLiteral(keys, (key) => key.legId),
      arrayLiteral(keys, (key) => key.bucketMs),
    ],
  };
}

function keyOf(row: Row): DirtyKey {
  return { legId: row.leg_id, bucketMs: Number(row.bucket_ms), version: row.version };
}
