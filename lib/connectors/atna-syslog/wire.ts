import { z } from "zod";
import { instantSchema } from "@/lib/core/message/instant-schema";

const arrival = {
  /** Absent in what is kept as a dead letter: the same garbage again is the same one. */
  receivedAt: instantSchema.optional(),
  /** From where it came. */
  peer: z.string().max(64),
  text: z.string(),
};

/** What came in over syslog: one message, or bytes that are none, or how many were lost. */
export const atnaWireSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("message"), ...arrival }),
  z.object({
    kind: z.literal("broken"),
    ...arrival,
    problem: z.enum(["outside_frame", "cut_off", "too_long", "not_stored"]),
  }),
  z.object({
    kind: z.literal("losses"),
    at: instantSchema,
    /** Since the port was opened; null where it cannot be known. */
    dropped: z.int().min(0).nullable(),
    unread: z.int().min(0).nullable(),
  }),
]);

export type AtnaWire = z.input<typeof atnaWireSchema>;
