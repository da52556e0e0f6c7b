import { arrayLiteral, textElement } from "./array-literal";
import { database } from "./client";

/** One delivery of a leg that is known by its control id. */
export type KnownArrival = { readonly legId: number; readonly messageId: string; readonly receivedAt: Date };

/**
 * The deliveries of these legs with one of these control ids, received since `since`; oldest last. One lookup by index for
 * each control id and day.
 */
export async function readArrivals(ask: {
  readonly legIds: readonly number[];
  readonly controlIds: readonly string[];
  readonly since: Date;
}): Promise<readonly KnownArrival[]> {
  const { rows } = await database().pool.query<KnownArrival>({
    name: "read-arrivals",
    text: `SELECT leg_id AS "legId", engine_message_id AS "messageId", received_at AS "receivedAt"
      FROM signal.delivery
      WHERE control_id = ANY($1::text[]) AND leg_id = ANY($2::int4[]) AND received_at >= $3
      ORDER BY received_at DESC`,
    values: [arrayLiteral(ask.controlIds, textElement), arrayLiteral(ask.legIds, (id) => id), ask.since],
  });
  return rows;
}
