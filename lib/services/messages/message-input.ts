import { z } from "zod";
import { ackCodes, directions, messageStates, outcomes } from "@/lib/core/message/outcome";
import { failureReasons } from "@/lib/core/message/reason";

const int32 = z.int().min(0).max(2_147_483_647);

/** A MessageFilter from outside. */
export const messageFilterSchema = z.object({
  sourceId: int32.optional(),
  messageClass: z.string().max(120).optional(),
  interfaceId: int32.optional(),
  legId: int32.optional(),
  direction: z.enum(directions).optional(),
  outcome: z.enum(outcomes).optional(),
  firstOutcome: z.literal("failed").optional(),
  state: z.enum(messageStates).optional(),
  ackCode: z.enum(ackCodes).optional(),
  reason: z.enum(failureReasons).optional(),
  type: z.string().max(64).optional(),
  minMs: int32.optional(),
  maxMs: int32.optional(),
});

/** A PageCursor from outside. */
export const cursorSchema = z.object({
  direction: z.enum(["older", "newer"]),
  at: z.date(),
  id: z.string().regex(/^-?\d{1,19}$/),
});

/** A DeliveryPlace from outside. */
export const placeSchema = z.object({
  legId: int32.min(1),
  receivedAt: z.date(),
  id: z.string().regex(/^-?\d{1,19}$/),
});
