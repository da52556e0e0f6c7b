import type { Reach } from "@/lib/core/authz/policy";
import type { DeliveryPlace } from "@/lib/core/message/delivery-place";
import type { Direction, MessageState, Outcome } from "@/lib/core/message/outcome";
import type { FailureReason } from "@/lib/core/message/reason";
import { database } from "./client";
import { isWithinReach, reachValue } from "./within-reach";

/** A message on a leg with what speaks for and against sending it again. */
export type CandidateRow = DeliveryPlace & {
  readonly sourceId: number;
  readonly direction: Direction;
  readonly engineMessageId: string;
  readonly messageType: string | null;
  readonly state: MessageState;
  readonly outcome: Outcome;
  readonly reason: FailureReason | null;
  readonly isInOpenRun: boolean;
  readonly wasDeliveredByReplay: boolean;
  readonly isUnclearElsewhere: boolean;
  readonly isSuperseded: boolean;
};

/**
 * Candidates within reach among some places, oldest first; others are left out. `exceptRun`: in which they are chosen.
 * Primary keys, and for what came later the indexes delivery_replay_of, delivery_patient, delivery_accession and
 * delivery_order_number. A repetition supersedes nothing: what it says is as old as its original.
 */
export async function readCandidates(ask: {
  readonly places: readonly DeliveryPlace[];
  readonly exceptRun: string;
  readonly reach: Reach;
}): Promise<readonly CandidateRow[]> {
  const { rows } = await database().pool.query<CandidateRow>(
    `SELECT d.leg_id AS "legId", d.received_at AS "receivedAt", d.id::text AS id, i.source_id AS "sourceId", leg.direction,
       d.engine_message_id AS "engineMessageId", d.message_type AS "messageType", d.state, d.outcome, d.reason,
       EXISTS (SELECT FROM signal.replay_item x WHERE x.is_open AND x.replay_id <> $5::uuid AND x.leg_id = d.leg_id
         AND x.received_at = d.received_at AND x.delivery_id = d.id) AS "isInOpenRun",
       EXISTS (SELECT FROM signal.delivery r WHERE r.leg_id = d.leg_id AND r.replay_of = d.engine_message_id
         AND r.received_at > d.received_at AND r.outcome = 'ok') AS "wasDeliveredByReplay",
       EXISTS (SELECT FROM signal.replay_item x WHERE x.leg_id = d.leg_id AND x.engine_message_id = d.engine_message_id
         AND x.replay_id <> $5::uuid AND x.state IN ('sending', 'accepted', 'unclear')) AS "isUnclearElsewhere",
       (${later("l.patient_ref = d.patient_ref")} OR ${later("l.accession = d.accession")}
         OR ${later("l.order_number = d.order_number")}) AS "isSuperseded"
     FROM unnest($1::int4[], $2::timestamptz[], $3::int8[]) AS asked(leg_id, received_at, id)
     JOIN signal.delivery d ON d.leg_id = asked.leg_id AND d.received_at = asked.received_at AND d.id = asked.id
     JOIN public.leg ON leg.id = d.leg_id
     JOIN public.interface i ON i.id = leg.interface_id AND ${isWithinReach("$4")}
     ORDER BY d.received_at, d.leg_id, d.id`,
    [
      ask.places.map(({ legId }) => legId),
      ask.places.map(({ receivedAt }) => receivedAt),
      ask.places.map(({ id }) => id),
      reachValue(ask.reach),
      ask.exceptRun,
    ],
  );
  return rows;
}

function later(isSame: string): string {
  return `EXISTS (SELECT FROM signal.delivery l WHERE ${isSame} AND l.leg_id = d.leg_id AND l.received_at > d.received_at
    AND l.outcome = 'ok' AND l.replay_of IS NULL)`;
}
