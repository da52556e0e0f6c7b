import type { Reach } from "@/lib/core/authz/policy";
import type { DeliveryPlace } from "@/lib/core/message/delivery-place";
import { deliveryId } from "@/lib/core/message/digest";
import { database } from "./client";
import { type DeliveryLine, lineColumns } from "./delivery-line";
import { isLegWithinReach, isWithinReach, reachValue } from "./within-reach";

/** One delivery with its times, sizes and identifiers. */
export type DeliveryDetail = DeliveryLine & {
  readonly messageKey: string;
  readonly firstInferred: boolean;
  readonly startedAt: Date | null;
  readonly sentAt: Date | null;
  readonly ackedAt: Date | null;
  readonly waitMs: number | null;
  readonly partnerMs: number | null;
  readonly sizeBytes: number | null;
  readonly accession: string | null;
  readonly orderNumber: string | null;
  readonly hasPatient: boolean;
  /** Scrubbed of what could name a patient when it was stored. */
  readonly errorText: string | null;
  readonly interfaceRevision: number | null;
  readonly ingestedAt: Date;
};

/**
 * All deliveries of the message that one of them belongs to, in the engine's order of legs. All share received_at, so
 * each leg is one lookup of the primary key. Empty where there is no such delivery within reach.
 */
export async function readMessageDeliveries(
  place: DeliveryPlace,
  reach: Reach,
): Promise<readonly DeliveryDetail[]> {
  const { rows } = await database().pool.query<DeliveryDetail>(
    `SELECT ${lineColumns("d")}, d.message_key::text AS "messageKey", d.first_inferred AS "firstInferred",
       d.started_at AS "startedAt", d.sent_at AS "sentAt", d.acked_at AS "ackedAt", d.wait_ms AS "waitMs",
       d.partner_ms AS "partnerMs", d.size_bytes AS "sizeBytes", d.accession, d.order_number AS "orderNumber",
       d.patient_ref IS NOT NULL AS "hasPatient", d.error_text AS "errorText",
       d.interface_revision AS "interfaceRevision", d.ingested_at AS "ingestedAt"
     FROM public.leg own
     JOIN public.interface i ON i.id = own.interface_id AND ${isWithinReach("$4")}
     JOIN signal.delivery this ON this.leg_id = own.id AND this.received_at = $2 AND this.id = $3::int8
     JOIN public.leg leg ON leg.interface_id = own.interface_id
     JOIN signal.delivery d ON d.leg_id = leg.id AND d.received_at = $2 AND d.message_key = this.message_key
     WHERE own.id = $1
     ORDER BY leg.ordinal, leg.id`,
    [place.legId, place.receivedAt, place.id, reachValue(reach)],
  );
  return rows;
}

const DAY_MS = 86_400_000;

/** Other messages within reach with the same control id within a week of an instant, newest first. Index delivery_control_id. */
export async function readSameControlId(ask: {
  readonly controlId: string;
  readonly messageKey: string;
  readonly at: Date;
  readonly limit: number;
  readonly reach: Reach;
}): Promise<readonly DeliveryLine[]> {
  const { rows } = await database().pool.query<DeliveryLine>(
    `SELECT ${lineColumns("d")} FROM signal.delivery d
     WHERE d.control_id = $1 AND d.message_key <> $2::int8 AND d.received_at >= $3 AND d.received_at < $4
       AND ${isLegWithinReach("d.leg_id", "$6")}
     ORDER BY d.received_at DESC LIMIT $5`,
    [
      ask.controlId,
      ask.messageKey,
      new Date(ask.at.getTime() - 7 * DAY_MS),
      new Date(ask.at.getTime() + 7 * DAY_MS),
      ask.limit,
      reachValue(ask.reach),
    ],
  );
  return rows;
}

/**
 * The message that this one repeats, on the same leg within the week before. Its id follows from its name, so the
 * primary key of the leg's week is searched without reading rows.
 */
export async function readOriginal(ask: {
  readonly name: Parameters<typeof deliveryId>[0];
  readonly legId: number;
  readonly before: Date;
}): Promise<DeliveryLine | undefined> {
  const { rows } = await database().pool.query<DeliveryLine>(
    `SELECT ${lineColumns("d")} FROM signal.delivery d
     WHERE d.leg_id = $1 AND d.received_at >= $2 AND d.received_at <= $3 AND d.id = $4::int8
     ORDER BY d.received_at DESC LIMIT 1`,
    [ask.legId, new Date(ask.before.getTime() - 7 * DAY_MS), ask.before, deliveryId(ask.name)],
  );
  return rows[0];
}

/** Messages that repeat this one on the same leg, within the three days after; oldest first. */
export async function readReplays(ask: {
  readonly legId: number;
  readonly engineMessageId: string;
  readonly after: Date;
  readonly limit: number;
}): Promise<readonly DeliveryLine[]> {
  const { rows } = await database().pool.query<DeliveryLine>(
    `SELECT ${lineColumns("d")} FROM signal.delivery d
     WHERE d.leg_id = $1 AND d.received_at > $2 AND d.received_at < $3 AND d.replay_of = $4
     ORDER BY d.received_at, d.id LIMIT $5`,
    [ask.legId, ask.after, new Date(ask.after.getTime() + 3 * DAY_MS), ask.engineMessageId, ask.limit],
  );
  return rows;
}
