import { z } from "zod";

const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/);

/** One line of the witness file. */
export const witnessLineSchema = z.object({
  kind: z.enum(["head", "restored"]),
  at: z.iso.datetime(),
  /** Number of the block the trail ended with; 0 when nothing was sealed yet. */
  number: z.int().nonnegative(),
  hash: hex,
  keyId: z.string(),
  signature: hex,
});

export type WitnessLine = z.output<typeof witnessLineSchema>;
