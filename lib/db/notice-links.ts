import type { OutgoingNotice } from "@/lib/core/notice/schema";
import { database } from "./client";
import { NOTICE_COLUMNS, noticeOf } from "./notice-deliveries";
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

/** Whose link it is; undefined where there is none. */
export async function findLink(tokenHash: Buffer): Promise<{ readonly userId: string } | undefined> {
  const { rows } = await database().pool.query<{ userId: string }>(
    `SELECT user_id::text AS "userId" FROM signal.notice_link WHERE token_hash = $1`,
    [tokenHash],
  );
  return rows[0];
}

type Spent = {
  readonly incidentId: string;
  readonly deliveryId: string;
  readonly notice: OutgoingNotice;
};

/** Uses a link up. Undefined for one that is unknown, used or expired; of two at once one gets it. */
export async function spendLink(
  tx: Transaction,
  of: { readonly tokenHash: Buffer; readonly now: Date },
): Promise<Spent | undefined> {
  const rows = await tx.$queryRawUnsafe<readonly (OutgoingNotice & { readonly deliveryId: string })[]>(
    `WITH spent AS (
       UPDATE signal.notice_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
       RETURNING delivery_id
     )
     SELECT d.id::text AS "deliveryId", ${NOTICE_COLUMNS}
     FROM spent JOIN signal.notice_delivery d ON d.id = spent.delivery_id
       JOIN signal.notice_outbox n ON n.id = d.notice_id`,
    new Uint8Array(of.tokenHash),
    of.now,
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return { incidentId: row.incidentId, deliveryId: row.deliveryId, notice: noticeOf(row) };
}

/** Takes links away whose time is over. Index notice_link_expiry. */
export async function sweepLinks(now: Date): Promise<void> {
  await database().pool.query("DELETE FROM signal.notice_link WHERE expires_at < $1", [now]);
}
