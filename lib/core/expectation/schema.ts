import { z } from "zod";

/** Up to a month, in whole minutes; null = no limit. */
export const silenceLimitSchema = z.object({
  interfaceId: z.coerce.number().int().positive().max(2_147_483_647),
  minutes: z.number().int().min(1).max(44_640).nullable(),
});
