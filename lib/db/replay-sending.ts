import type { ItemState } from "@/lib/core/replay/states";
import { database } from "./client";
import type { Transaction } from "./transaction";

type Of = { readonly replayId: string; readonly position: number };

/** Marks a planned message as being sent, by the database's clock. False where it is no longer planned. */
export async function beginSending(tx: Transaction, of: Of): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE signal.replay_item SET state = 'sending', sending_at = now()
    WHERE replay_id = ${of.replayId}::uuid AND position = ${of.position} AND state = 'planned' AND is_open`;
  return changed === 1;
}

/** Notes what became of a message that stands in one of some states. False where it stands in none of them. */
export async function settleItem(
  tx: Transaction,
  to: Of & {
    readonly from: readonly ItemState[];
    readonly state: ItemState;
    readonly trouble?: string | undefined;
    readonly result?: ReplayResult | undefined;
  },
): Promise<boolean> {
  const { result } = to;
  const changed = await tx.$executeRaw`
    UPDATE signal.replay_item SET state = ${to.state}, settled_at = now(), trouble = ${to.trouble ?? null},
      result_message_id = ${result?.messageId ?? null}, result_received_at = ${result?.receivedAt ?? null},
      result_delivery_id = ${result?.deliveryId ?? null}::int8
    WHERE replay_id = ${to.replayId}::uuid AND position = ${to.position} AND state = ANY (${[...to.from]}::text[])`;
  return changed === 1;
}

/** The message that the engine made. */
export type ReplayResult = {
  readonly messageId: string;
  readonly receivedAt: Date;
  readonly deliveryId: string;
};

/** Messages underway whose sender is gone, and those that wait too long to be read back. Index replay_item_unsettled. */
export async function listAbandoned(ask: {
  readonly sendingMs: number;
  readonly acceptedMs: number;
}): Promise<readonly Of[]> {
  const { rows } = await database().pool.query<Of>(
    `SELECT x.replay_id::text AS "replayId", x.position FROM signal.replay_item x
     WHERE (x.state = 'sending' AND x.sending_at <= now() - make_interval(secs => $1::float8 / 1000))
       OR (x.state = 'accepted' AND x.settled_at <= now() - make_interval(secs => $2::float8 / 1000))`,
    [ask.sendingMs, ask.acceptedMs],
  );
  return rows;
}

export type ReadBack = Of &
  ReplayResult & { readonly state: "delivered" | "failed"; readonly trouble: string | null };

/**
 * What the engine's own record says of messages underway or unclear: the first repetition on the same leg, or on the way in,
 * that was read after the sending began and belongs to no other sending. One that still waits at the engine says nothing yet.
 * Indexes replay_item_unsettled and delivery_replay_of.
 */
export async function listReadBack(): Promise<readonly ReadBack[]> {
  const { rows } = await database().pool.query<ReadBack>(
    `SELECT DISTINCT ON (x.replay_id, x.position) x.replay_id::text AS "replayId", x.position,
       r.engine_message_id AS "messageId", r.received_at AS "receivedAt", r.id::text AS "deliveryId",
       CASE WHEN r.outcome = 'ok' THEN 'delivered' ELSE 'failed' END AS state,
       CASE r.outcome WHEN 'ok' THEN NULL WHEN 'filtered' THEN 'filtered' ELSE coalesce(r.reason, 'other') END AS trouble
     FROM signal.replay_item x
     JOIN public.leg own ON own.id = x.leg_id
     JOIN public.leg leg ON leg.id = own.id OR (leg.interface_id = own.interface_id AND leg.direction = 'source')
     JOIN signal.delivery r ON r.leg_id = leg.id AND r.replay_of = x.engine_message_id
       AND r.received_at > x.received_at AND r.ingested_at >= x.sending_at
     WHERE x.state IN ('sending', 'accepted', 'unclear') AND x.sending_at > now() - interval '7 days'
       AND (r.outcome IN ('failed', 'filtered') OR (r.outcome = 'ok' AND leg.id = own.id))
       AND NOT EXISTS (SELECT FROM signal.replay_item o WHERE o.leg_id = x.leg_id AND o.engine_message_id = x.engine_message_id
         AND o.result_message_id = r.engine_message_id)
     ORDER BY x.replay_id, x.position, r.received_at, r.id`,
  );
  return rows;
}
