import type { FirstOutcome } from "@/lib/core/message/outcome";

/** One delivery as it is stored. Instants are epoch milliseconds, 64-bit numbers are decimal text. */
export type DeliveryRow = {
  readonly legId: number;
  readonly receivedMs: number;
  readonly id: string;
  readonly messageKey: string;
  readonly engineMessageId: string;
  readonly controlId: string | undefined;
  readonly messageType: string | undefined;
  readonly state: string;
  readonly outcome: string;
  readonly firstOutcome: FirstOutcome | undefined;
  readonly firstOutcomeSeq: number | undefined;
  readonly firstInferred: boolean;
  readonly ackCode: string | undefined;
  readonly reason: string | undefined;
  readonly attempts: number;
  readonly startedMs: number | undefined;
  readonly sentMs: number | undefined;
  readonly ackedMs: number | undefined;
  readonly latencyMs: number | undefined;
  readonly waitMs: number | undefined;
  readonly partnerMs: number | undefined;
  readonly clockSuspect: boolean;
  readonly sizeBytes: number | undefined;
  readonly accession: string | undefined;
  readonly orderNumber: string | undefined;
  readonly patientRef: Buffer | undefined;
  readonly errorText: string | undefined;
  readonly replayOf: string | undefined;
  readonly interfaceRevision: number | undefined;
  readonly observedSeq: number;
  readonly bodyDigest: number;
};

/**
 * What the store made of one row. stale: a newer observation is known. conflict: the same observation is known with
 * another body, which stays.
 */
export const rowEffects = ["created", "updated", "duplicate", "stale", "conflict"] as const;
export type RowEffect = (typeof rowEffects)[number];

/**
 * Writes deliveries exactly once, rollups included. One implementation today; a cluster would want another, which
 * loads large batches by COPY.
 */
export type DeliveryWriter = {
  /** One effect for each row, in order; resolves after COMMIT. Rows must not repeat (legId, receivedMs, id). */
  readonly write: (rows: readonly DeliveryRow[]) => Promise<readonly RowEffect[]>;
};
