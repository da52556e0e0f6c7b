import type { DeliveryPlace } from "@/lib/core/message/delivery-place";
import type { AckCode, FirstOutcome, MessageState, Outcome } from "@/lib/core/message/outcome";
import type { FailureReason } from "@/lib/core/message/reason";

/** One delivery as lists show it: no identifier of a patient, no error text. */
export type DeliveryLine = DeliveryPlace & {
  readonly engineMessageId: string;
  readonly controlId: string | null;
  readonly messageType: string | null;
  readonly state: MessageState;
  readonly outcome: Outcome;
  readonly firstOutcome: FirstOutcome | null;
  readonly ackCode: AckCode | null;
  readonly reason: FailureReason | null;
  readonly attempts: number;
  readonly latencyMs: number | null;
  readonly clockSuspect: boolean;
  readonly replayOf: string | null;
};

/** The columns of a DeliveryLine, from a table or sub-query of that alias. */
export function lineColumns(alias: string): string {
  return `${alias}.leg_id AS "legId", ${alias}.received_at AS "receivedAt", ${alias}.id::text AS id,
  ${alias}.engine_message_id AS "engineMessageId", ${alias}.control_id AS "controlId", ${alias}.message_type AS "messageType",
  ${alias}.state, ${alias}.outcome, ${alias}.first_outcome AS "firstOutcome", ${alias}.ack_code AS "ackCode", ${alias}.reason,
  ${alias}.attempts, ${alias}.latency_ms AS "latencyMs", ${alias}.clock_suspect AS "clockSuspect", ${alias}.replay_of AS "replayOf"`;
}
