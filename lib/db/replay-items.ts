import type { DeliveryPlace } from "@/lib/core/message/delivery-place";
import type { FailureReason } from "@/lib/core/message/reason";
import type { Caution, Refusal, Verdict } from "@/lib/core/replay/judge-candidate";
import type { ItemState } from "@/lib/core/replay/states";
import { database } from "./client";
import type { Transaction } from "./transaction";

/** What was found when the engine was asked: its content is there, is gone, or is there and cannot be read. */
export type ContentFound = "kept" | "gone" | "unreadable";

export type ReplayItem = DeliveryPlace & {
  readonly position: number;
  readonly engineMessageId: string;
  readonly messageType: string | null;
  readonly content: ContentFound | null;
  readonly cancelsOrder: boolean | null;
  readonly readReason: FailureReason | null;
  readonly tickReason: string | null;
  readonly verdict: Verdict["kind"] | null;
  readonly causes: readonly (Caution | Refusal)[];
  readonly state: ItemState;
  readonly sendingAt: Date | null;
  readonly settledAt: Date | null;
  readonly trouble: string | null;
  readonly resultMessageId: string | null;
  readonly resultReceivedAt: Date | null;
  readonly resultDeliveryId: string | null;
  /** Keyed hash; null too once the message itself is gone. */
  readonly patientRef: string | null;
  readonly orderRef: string | null;
};

const COLUMNS = `x.position, x.leg_id AS "legId", x.received_at AS "receivedAt", x.delivery_id::text AS id,
  x.engine_message_id AS "engineMessageId", x.message_type AS "messageType", x.content, x.cancels_order AS "cancelsOrder",
  x.read_reason AS "readReason", x.tick_reason AS "tickReason", x.verdict, x.causes, x.state, x.sending_at AS "sendingAt",
  x.settled_at AS "settledAt", x.trouble, x.result_message_id AS "resultMessageId",
  x.result_received_at AS "resultReceivedAt", x.result_delivery_id::text AS "resultDeliveryId",
  encode(d.patient_ref, 'hex') AS "patientRef", coalesce(d.accession, d.order_number) AS "orderRef"`;
const FROM = `FROM signal.replay_item x LEFT JOIN signal.delivery d
  ON d.leg_id = x.leg_id AND d.received_at = x.received_at AND d.id = x.delivery_id`;
const OF_RUN = `SELECT ${COLUMNS} ${FROM} WHERE x.replay_id = $1::uuid ORDER BY x.position`;

export async function listReplayItems(replayId: string): Promise<readonly ReplayItem[]> {
  const { rows } = await database().pool.query<ReplayItem>(OF_RUN, [replayId]);
  return rows;
}

/** The same inside the transaction that decides on them. */
export function readReplayItems(tx: Transaction, replayId: string): Promise<readonly ReplayItem[]> {
  return tx.$queryRawUnsafe<ReplayItem[]>(OF_RUN, replayId);
}

/** Messages of other runs that are underway or unclear. Index replay_item_unsettled. */
export function readUnderwayElsewhere(tx: Transaction, replayId: string): Promise<readonly ReplayItem[]> {
  return tx.$queryRawUnsafe<ReplayItem[]>(
    `SELECT ${COLUMNS} ${FROM} WHERE x.state IN ('sending', 'accepted', 'unclear') AND x.replay_id <> $1::uuid`,
    replayId,
  );
}

export async function insertReplayItems(
  tx: Transaction,
  of: {
    readonly replayId: string;
    readonly items: readonly (DeliveryPlace & Pick<ReplayItem, "engineMessageId" | "messageType">)[];
  },
): Promise<void> {
  const { items } = of;
  await tx.$executeRaw`
    INSERT INTO signal.replay_item (replay_id, position, leg_id, received_at, delivery_id, engine_message_id, message_type)
    SELECT ${of.replayId}::uuid, place - 1, leg_id, received_at, id, message_id, message_type
    FROM unnest(${items.map(({ legId }) => legId)}::int4[], ${items.map(({ receivedAt }) => receivedAt.toISOString())}::timestamptz[],
      ${items.map(({ id }) => id)}::int8[], ${items.map(({ engineMessageId }) => engineMessageId)}::text[],
      ${items.map(({ messageType }) => messageType)}::text[])
      WITH ORDINALITY AS one(leg_id, received_at, id, message_id, message_type, place)`;
}

type Of = { readonly replayId: string; readonly position: number };

export async function noteContent(
  tx: Transaction,
  found: Of & {
    readonly content: ContentFound;
    readonly cancelsOrder: boolean | undefined;
    readonly readReason: FailureReason | undefined;
  },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE signal.replay_item SET content = ${found.content}, cancels_order = ${found.cancelsOrder ?? null},
      read_reason = ${found.readReason ?? null}
    WHERE replay_id = ${found.replayId}::uuid AND position = ${found.position}`;
}

export async function tickItem(tx: Transaction, tick: Of & { readonly reason: string }): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE signal.replay_item SET tick_reason = ${tick.reason === "" ? null : tick.reason}
    WHERE replay_id = ${tick.replayId}::uuid AND position = ${tick.position}`;
  return changed === 1;
}

/** Freezes the verdict on one message, and whether it is sent. */
export async function freezeItem(
  tx: Transaction,
  frozen: Of & {
    readonly verdict: Verdict["kind"];
    readonly causes: readonly (Caution | Refusal)[];
    readonly isTaken: boolean;
  },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE signal.replay_item SET verdict = ${frozen.verdict}, causes = ${[...frozen.causes]}::text[],
      is_open = ${frozen.isTaken}, state = CASE WHEN ${frozen.isTaken} THEN 'planned' ELSE 'left' END
    WHERE replay_id = ${frozen.replayId}::uuid AND position = ${frozen.position} AND state = 'planned'`;
}

/** Ends a run's hold on its messages: what was not sent is left. */
export async function releaseItems(tx: Transaction, replayId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE signal.replay_item SET is_open = false, state = CASE WHEN state = 'planned' THEN 'left' ELSE state END
    WHERE replay_id = ${replayId}::uuid AND (is_open OR state = 'planned')`;
}
