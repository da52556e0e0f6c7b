import { database } from "./client";
import type { Transaction } from "./transaction";

/** Keeps the hash of a link; one that is kept already stays as it is. */
export async function keepLink(link: {
  readonly tokenHash: Buffer;
  readonly incidentId: string;
  readonly deliveryId: string;
  readonly userId: string;
  readonly expiresAt: Date;
}): Promise<void> {
  await database().pool.query(
    `INSERT INTO signal.notice_link (token_hash, incident_id, delivery_id, user_id, expires_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (token_hash) DO NOTHING`,
    [link.tokenHash, link.incidentId, link.deliveryId, link.userId, link.expiresAt],
  );
}

/** Uses a link up. Undefined for one that is unknown, used or expired; of two at once one gets it. */
export async function spendLink(
  tx: Transaction,
  of: { readonly tokenHash: Buffer; readonly now: Date },
): Promise<{ readonly incidentId: string; readonly userId: string } | undefined> {
  const rows = await tx.$queryRaw<readonly { incidentId: string; userId: string }[]>`
    UPDATE signal.notice_link SET used_at = ${of.now}
    WHERE token_hash = ${new Uint8Array(of.tokenHash)} AND used_at IS NULL AND expires_at > ${of.now}
    RETURNING incident_id AS "incidentId", user_id::text AS "userId"`;
  return rows[0];
}
