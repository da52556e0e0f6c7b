import { z } from "zod";
import { type RejectReason, rejectReasons } from "@/lib/core/message/schema";

export const deadLetterStates = ["open", "resolved", "discarded"] as const;
export type DeadLetterState = (typeof deadLetterStates)[number];

/** A 64-bit number as decimal text. */
const deadLetterId = z.string().regex(/^[1-9]\d{0,18}$/);

export const deadLetterRefSchema = z.object({ id: deadLetterId });

export const listDeadLettersSchema = z.object({
  sourceId: z.int().positive().optional(),
  reason: z.enum(rejectReasons).optional(),
  state: z.enum(deadLetterStates).default("open"),
  /** Continue after this letter of the page before. */
  after: z.object({ lastSeen: z.coerce.date(), id: deadLetterId }).optional(),
  limit: z.int().min(1).max(500).default(50),
});

export const countDeadLettersSchema = z.object({ state: z.enum(deadLetterStates).default("open") });

export const discardDeadLetterSchema = deadLetterRefSchema.extend({
  /** Why it may be dropped; for the audit trail. */
  because: z.string().trim().min(1).max(500),
});

/** A dead letter without its payload. */
export type DeadLetter = {
  readonly id: string;
  readonly sourceId: number;
  readonly sourceName: string;
  readonly reason: RejectReason;
  readonly detail: string;
  readonly contentKind: string;
  readonly payloadBytes: number;
  readonly state: DeadLetterState;
  readonly attempts: number;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly settledAt: Date | undefined;
  /** What came of the last retry, or why it was discarded. */
  readonly result: string;
};
