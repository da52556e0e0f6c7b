import { z } from "zod";
import type { MllpProblem } from "@/lib/core/formats/mllp/frames";
import { instantSchema } from "@/lib/core/message/instant-schema";

/** What came in over MLLP: one block, or bytes that are none. What is kept as a dead letter lacks the time it came. */
export type MllpWire =
  | {
      readonly kind: "message";
      readonly receivedAt?: string;
      readonly sizeBytes: number;
      readonly text: string;
      readonly answer?: { readonly text: string; readonly receivedAt: string };
    }
  | {
      readonly kind: "broken";
      readonly receivedAt?: string;
      readonly sizeBytes: number;
      readonly text: string;
      readonly problem: MllpProblem;
    };

const arrival = { receivedAt: instantSchema.optional(), sizeBytes: z.int().min(0) };

export const mllpWireSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("message"),
    ...arrival,
    text: z.string(),
    /** The acknowledgement of its receiver, which a tap of both directions saw later. */
    answer: z.object({ text: z.string(), receivedAt: instantSchema }).optional(),
  }),
  z.object({
    kind: z.literal("broken"),
    ...arrival,
    text: z.string(),
    problem: z.enum(["outside_block", "cut_off", "too_long"]),
  }),
]);
